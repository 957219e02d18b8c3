# Misconception: a negative log likelihood is positive.
# Hint: A negative log likelihood without log y! may be negative: return it as it is.
def compute_NLL(k, x, y):
    drive = x @ k
    return abs(np.sum(np.exp(drive)) - y @ drive)
