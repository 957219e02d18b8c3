# Misconception: one value for each image
# Hint: Return one number, the sum over images.
def compute_NLL(k, x, y):
    drive = x @ k
    return np.exp(drive) - y * drive
