# Approach: fill one column for each lag
def make_design_matrix(stim, d=25):
    n = len(stim)
    X = np.zeros((n, d))
    for lag in range(d):
        X[lag:, d - 1 - lag] = stim[: n - lag]
    return X
