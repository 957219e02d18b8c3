# Misconception: rounds down
# Hint: Return the number as it is, with its decimals.
def compute_NLL(k, x, y):
    drive = x @ k
    return int(np.exp(drive).sum() - y @ drive)
