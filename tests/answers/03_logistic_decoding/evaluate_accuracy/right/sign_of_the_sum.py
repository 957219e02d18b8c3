# Approach: h is at least one half where z is at least 0
def evaluate_accuracy(theta_hat, X, y):
    return float(np.mean((X @ theta_hat >= 0) == (np.asarray(y) == 1)))
