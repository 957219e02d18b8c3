# Misconception: writes out the worked example
# Hint: Sum over all images, not only over the first two.
def compute_dNLL(k, x, y):
    return (np.exp(x[0] @ k) - y[0]) * x[0] + (np.exp(x[1] @ k) - y[1]) * x[1]
