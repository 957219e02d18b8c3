# Misconception: a regressor has to be centred first
# Hint: compare your matrix with the worked example.
def make_design_matrix(stim, d=25):
    s = stim - np.mean(stim)
    padded = np.concatenate([np.zeros(d - 1), s])
    return np.array([padded[t:t + d] for t in range(len(s))])
