# Misconception: a matrix of integers holds any stimulus
# Hint: Your matrix holds integers and cuts off decimals: make it one of floats.
def make_design_matrix(stim, d=25):
    X = np.zeros((len(stim), d), dtype=int)
    for t in range(len(stim)):
        for j in range(d):
            if t - d + 1 + j >= 0:
                X[t, j] = stim[t - d + 1 + j]
    return X
