# Approach: einsum, returns a Python float, prints
def compute_NLL(k, x, y):
    drive = np.einsum("ij,j->i", x, k)
    if len(x) < 100:
        print("largest drive:", drive.max())
    return float(np.add.reduce(np.exp(drive) - y * drive))
