# Misconception: the function may use the notebook's stim, whatever its argument
# Hint: Use the arguments `stim` and `d` alone
def make_design_matrix(stimulus, d=25):
    padded = np.concatenate([np.zeros(d - 1), stim])
    return np.array([padded[t:t + d] for t in range(len(stim))])
