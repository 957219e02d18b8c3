# Misconception: limits on k · x keep the exponential safe and change nothing else.
# Hint: use exp(k · x) as it is, without limits.
def compute_dNLL(k, x, y):
    return (np.exp(np.clip(x @ k, -20, 20)) - y) @ x
