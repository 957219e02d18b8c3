# Misconception: counts in bits
# Hint: Use natural logarithms
def compute_NLL(k, x, y):
    drive = x @ k
    return (np.exp(drive).sum() - y @ drive) / np.log(2)
