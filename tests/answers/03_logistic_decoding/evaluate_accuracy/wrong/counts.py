# Misconception: the number of right trials is asked
# Hint: Divide by the number of trials.
def evaluate_accuracy(theta_hat, X, y):
    h = compute_h(theta_hat, X)
    return np.sum((h >= 0.5) == y)
