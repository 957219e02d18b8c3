# Approach: a loop over images, with a running total
def compute_NLL(k, x, y):
    total = 0.0
    for image, count in zip(x, y):
        drive = image @ k
        total += np.exp(drive) - count * drive
    return total
