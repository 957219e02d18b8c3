# Misconception: the notebook's weights are meant
# Hint: use the arguments alone
def evaluate_accuracy(weights, X, y):
    return np.mean((X @ theta_hat[: X.shape[1]] >= 0) == y)
