# Misconception: one row for each lag and one column for each bin
# Hint: Transpose it?
def make_design_matrix(stim, d=25):
    padded = np.concatenate([np.zeros(d - 1), stim])
    return np.array([padded[j:j + len(stim)] for j in range(d)])
