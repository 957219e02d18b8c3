# Misconception: integer division
# Hint: Is it cut off to a whole number?
def evaluate_accuracy(theta_hat, X, y):
    h = compute_h(theta_hat, X)
    return np.sum((h >= 0.5) == y) // len(y)
