# Misconception: the error is observed less expected
# Hint: The sign is turned round
def compute_dNLL(k, x, y):
    return (y - np.exp(x @ k)) @ x
