# Misconception: stim[:-0] is the whole stimulus (it is empty)
# Hint: Your code raised ValueError: could not broadcast input array
def make_design_matrix(stim, d=25):
    X = np.zeros((len(stim), d))
    for lag in range(d):
        X[lag:, d - 1 - lag] = stim[:-lag]
    return X
