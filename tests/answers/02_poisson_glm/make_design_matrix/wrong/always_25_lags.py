# Misconception: d is 25, so the number can be written into the function
# Hint: Use the arguments `stim` and `d` alone
def make_design_matrix(stim, d=25):
    padded = np.concatenate([np.zeros(24), stim])
    return np.array([padded[t:t + 25] for t in range(len(stim))])
