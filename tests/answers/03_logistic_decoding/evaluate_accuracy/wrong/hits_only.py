# Misconception: only trials with y = 1 can be right
# Hint: Count the trials with y = 0 as well.
def evaluate_accuracy(theta_hat, X, y):
    h = compute_h(theta_hat, X)
    return np.mean((h >= 0.5) & (np.asarray(y) == 1))
