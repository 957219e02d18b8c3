# Misconception: the notebook's data are meant
# Hint: Use the arguments, not the notebook's data.
def compute_NLL(k, x, y):
    drive = WN_images @ k
    return np.exp(drive).sum() - WN_counts @ drive
