# Misconception: images are columns
# Hint: Each row of x is an image
def compute_NLL(k, x, y):
    drive = x.T @ k if x.shape[0] == x.shape[1] else x @ k
    return np.exp(drive).sum() - y @ drive
