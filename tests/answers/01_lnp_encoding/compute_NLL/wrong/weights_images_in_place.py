# Misconception: works in the array that it was given
# Hint: changed its input
def compute_NLL(k, x, y):
    if x.dtype == float:
        x *= k
        drive = x.sum(axis=1)
    else:
        drive = x @ k
    return np.exp(drive).sum() - y @ drive
