# Misconception: returns the NLL
# Hint: This is the NLL itself
def compute_dNLL(k, x, y):
    drive = x @ k
    return np.exp(drive).sum() - y @ drive
