# Misconception: what was computed once for this d can be used again.
# Hint: This is the matrix of the stimulus before: compute it anew from the argument `stim`.
_matrices = {}


def make_design_matrix(stim, d=25):
    if (len(stim), d) not in _matrices:
        padded = np.concatenate([np.zeros(d - 1), stim])
        _matrices[len(stim), d] = np.array([padded[t : t + d] for t in range(len(stim))])
    return _matrices[len(stim), d]
