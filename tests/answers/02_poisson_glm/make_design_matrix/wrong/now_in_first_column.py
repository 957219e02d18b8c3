# Misconception: the present comes first and the past runs to the right
# Hint: Now belongs in the last column, the oldest value in the first.
def make_design_matrix(stim, d=25):
    X = np.zeros((len(stim), d))
    for lag in range(d):
        X[lag:, lag] = stim[:len(stim) - lag]
    return X
