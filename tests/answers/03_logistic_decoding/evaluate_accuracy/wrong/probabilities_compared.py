# Misconception: a probability equals a choice
# Hint: use the arguments alone
def evaluate_accuracy(theta_hat, X, y):
    h = compute_h(theta_hat, X)
    return np.mean(h == y)
