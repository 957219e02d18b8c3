# Misconception: before its beginning the stimulus has its first value
# Hint: Before its beginning the stimulus is zero, not its first value.
def make_design_matrix(stim, d=25):
    padded = np.pad(stim, (d - 1, 0), mode="edge")
    return np.array([padded[t:t + d] for t in range(len(stim))])
