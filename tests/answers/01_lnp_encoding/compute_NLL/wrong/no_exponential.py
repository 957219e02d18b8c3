# Misconception: forgets the exponential
# Hint: The sum of exponentials is missing.
def compute_NLL(k, x, y):
    drive = x @ k
    return np.sum(drive) - y @ drive
