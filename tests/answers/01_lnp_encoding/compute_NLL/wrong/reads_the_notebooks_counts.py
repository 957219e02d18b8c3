# Misconception: there is one array of counts, the notebook's
# Hint: Use the argument `y`, not the notebook's spike counts.
def compute_NLL(k, x, y):
    drive = x @ k
    return np.exp(drive).sum() - NS_counts @ drive
