# Misconception: writes out the worked example
# Hint: Every image counts, however many there are.
def compute_NLL(k, x, y):
    d0, d1 = x[0] @ k, x[1] @ k
    return np.exp(d0) + np.exp(d1) - y[0] * d0 - y[1] * d1
