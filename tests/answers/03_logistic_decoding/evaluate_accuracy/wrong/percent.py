# Misconception: accuracy is a percentage
# Hint: Return a fraction, not a percentage.
def evaluate_accuracy(theta_hat, X, y):
    h = compute_h(theta_hat, X)
    return 100 * np.mean((h >= 0.5) == y)
