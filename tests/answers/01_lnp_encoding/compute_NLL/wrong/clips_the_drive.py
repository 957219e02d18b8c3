# Misconception: drives beyond 100 do not happen
# Hint: do not limit k · x
def compute_NLL(k, x, y):
    drive = np.asarray(x) @ k
    return np.sum(np.exp(np.minimum(drive, 100))) - y @ drive
