# Approach: each row is the row before it, moved by one; prints its progress
def make_design_matrix(stim, d=25):
    X = np.zeros((len(stim), d))
    for t, s in enumerate(stim):
        if t > 0:
            X[t, :-1] = X[t - 1, 1:]
        X[t, -1] = s
    print("made a matrix of shape", X.shape)
    return X
