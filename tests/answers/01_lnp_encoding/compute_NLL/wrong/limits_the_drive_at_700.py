# Misconception: nothing is lost where exp is kept from overflow.
# Hint: It is a large number and finite: do not limit
def compute_NLL(k, x, y):
    drive = np.minimum(x @ k, 700)
    return np.sum(np.exp(drive)) - y @ drive
