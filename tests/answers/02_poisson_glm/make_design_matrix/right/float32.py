# Approach: a matrix in single precision
def make_design_matrix(stim, d=25):
    padded = np.concatenate((np.zeros(d - 1, np.float32), np.asarray(stim, np.float32)))
    X = np.empty((len(stim), d), dtype=np.float32)
    for t in range(len(stim)):
        X[t] = padded[t:t + d]
    return X
