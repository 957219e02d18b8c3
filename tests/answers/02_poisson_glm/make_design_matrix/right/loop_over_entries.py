# Approach: two loops over bins and columns, with a test for the time before onset
def make_design_matrix(stim, d=25):
    T = len(stim)
    X = np.zeros((T, d))
    for t in range(T):
        for j in range(d):
            i = t - d + 1 + j
            if i >= 0:
                X[t, j] = stim[i]
    return X
