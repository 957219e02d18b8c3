# Misconception: the fraction of errors is asked
# Hint: This is the fraction of errors.
def evaluate_accuracy(theta_hat, X, y):
    h = compute_h(theta_hat, X)
    return np.mean((h >= 0.5) != y)
