# Misconception: works in the array that it was given
# Hint: changed its input
def compute_dNLL(k, x, y):
    y -= np.round(np.exp(x @ k)).astype(y.dtype)
    errors = np.exp(x @ k) - np.round(np.exp(x @ k)) - y
    return errors @ x
