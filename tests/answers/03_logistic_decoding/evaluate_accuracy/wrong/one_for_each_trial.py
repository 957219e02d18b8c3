# Misconception: one value for each trial is asked
# Hint: Return one number: the mean over trials.
def evaluate_accuracy(theta_hat, X, y):
    h = compute_h(theta_hat, X)
    return ((h >= 0.5) == y).astype(int)
