# Misconception: the errors are the gradient
# Hint: multiply each image by its error, and add up
def compute_dNLL(k, x, y):
    return np.exp(x @ k) - y
