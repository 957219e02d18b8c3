# Misconception: a gradient is a mean
# Hint: Return the sum over images, not the mean.
def compute_dNLL(k, x, y):
    return (np.exp(x @ k) - y) @ x / len(x)
