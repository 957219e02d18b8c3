# Misconception: accuracy is how many of the 1s are found
# Hint: use the arguments alone
def evaluate_accuracy(theta_hat, X, y):
    decisions = compute_h(theta_hat, X) >= 0.5
    return np.mean(decisions[np.asarray(y) == 1])
