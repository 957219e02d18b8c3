# Misconception: an index before the beginning gives zero (in Python it counts from the end)
# Hint: Before its beginning the stimulus is zero; yours wraps round.
def make_design_matrix(stim, d=25):
    X = np.zeros((len(stim), d))
    for t in range(len(stim)):
        for j in range(d):
            X[t, j] = stim[t - d + 1 + j]
    return X
