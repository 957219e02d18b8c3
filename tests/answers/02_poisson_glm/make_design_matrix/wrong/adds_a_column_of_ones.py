# Misconception: the design matrix already includes the constant column
# Hint: Leave out the column of ones: models add it when they need it.
def make_design_matrix(stim, d=25):
    padded = np.concatenate([np.zeros(d - 1), stim])
    X = np.array([padded[t:t + d] for t in range(len(stim))])
    return np.column_stack([np.ones(len(stim)), X])
