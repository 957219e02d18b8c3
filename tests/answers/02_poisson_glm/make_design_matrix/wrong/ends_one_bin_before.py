# Misconception: d zeros in front instead of d - 1, so that the present bin is left out
# Hint: Row t should end with stim[t] itself; yours ends one bin before.
def make_design_matrix(stim, d=25):
    padded = np.concatenate([np.zeros(d), stim])
    return np.array([padded[t:t + d] for t in range(len(stim))])
