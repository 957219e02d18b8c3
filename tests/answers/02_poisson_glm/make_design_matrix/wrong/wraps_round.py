# Misconception: np.roll shifts zeros in (it brings the end of the stimulus to its beginning)
# Hint: Before its beginning the stimulus is zero; yours wraps round.
def make_design_matrix(stim, d=25):
    return np.stack([np.roll(stim, d - 1 - j) for j in range(d)], axis=1)
