# Misconception: np.round takes one half to 1
# Hint: A probability of exactly 0.5 counts as 1.
def evaluate_accuracy(theta_hat, X, y):
    h = compute_h(theta_hat, X)
    return np.mean(np.round(h) == y)
