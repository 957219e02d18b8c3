# Misconception: a loss is a mean
# Hint: Return the sum over images, not the mean.
def compute_NLL(k, x, y):
    drive = x @ k
    return np.mean(np.exp(drive) - y * drive)
