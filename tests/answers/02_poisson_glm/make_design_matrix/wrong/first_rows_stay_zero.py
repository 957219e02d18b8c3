# Misconception: bins without a full past get a row of zeros
# Hint: The first rows hold what there is of the stimulus, with zeros before it.
def make_design_matrix(stim, d=25):
    X = np.zeros((len(stim), d))
    for t in range(d - 1, len(stim)):
        X[t] = stim[t - d + 1:t + 1]
    return X
