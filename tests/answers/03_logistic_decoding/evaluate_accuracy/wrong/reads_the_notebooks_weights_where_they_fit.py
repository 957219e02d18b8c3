# Misconception: as above, where the shapes agree
# Hint: Use the argument `theta_hat`, not the notebook's.
def evaluate_accuracy(weights, X, y):
    w = theta_hat if len(theta_hat) == len(weights) else weights
    return np.mean((X @ w >= 0) == y)
