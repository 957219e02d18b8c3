# Misconception: the log likelihood is what is wanted
# Hint: The sign is turned round
def compute_NLL(k, x, y):
    drive = x @ k
    return y @ drive - np.exp(drive).sum()
