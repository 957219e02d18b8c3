# Misconception: the window begins at bin t and looks ahead
# Hint: Your rows reach into the future: row t may know stim[t] and before.
def make_design_matrix(stim, d=25):
    padded = np.concatenate([stim, np.zeros(d - 1)])
    return np.array([padded[t : t + d] for t in range(len(stim))])
