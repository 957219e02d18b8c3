# Misconception: the argument is a scratch pad that may be overwritten
# Hint: Your function changed its input `stim` in place.
def make_design_matrix(stim, d=25):
    X = np.zeros((len(stim), d))
    for j in range(d - 1, -1, -1):
        X[:, j] = stim
        stim[1:] = stim[:-1].copy()
        stim[0] = 0
    return X
