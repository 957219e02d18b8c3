# Misconception: single precision will do
# Hint: use the usual precision of 64 bits
def compute_NLL(k, x, y):
    drive = (np.asarray(x, np.float32) @ np.asarray(k, np.float32)).astype(np.float32)
    with np.errstate(over="ignore"):
        return np.exp(drive).sum() - np.asarray(y, np.float32) @ drive
