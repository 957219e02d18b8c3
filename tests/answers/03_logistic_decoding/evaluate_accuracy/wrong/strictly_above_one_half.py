# Misconception: h = 0.5 means 0
# Hint: A probability of exactly 0.5 counts as 1.
def evaluate_accuracy(theta_hat, X, y):
    h = compute_h(theta_hat, X)
    return np.mean((h > 0.5) == y)
