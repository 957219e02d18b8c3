# Misconception: adds both terms
# Hint: The two terms need opposite signs.
def compute_NLL(k, x, y):
    drive = x @ k
    return np.exp(drive).sum() + y @ drive
