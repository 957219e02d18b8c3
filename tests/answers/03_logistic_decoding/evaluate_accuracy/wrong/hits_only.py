# Misconception: only trials with y = 1 can be right
# Hint: use the arguments alone
def evaluate_accuracy(theta_hat, X, y):
    h = compute_h(theta_hat, X)
    return np.mean((h >= 0.5)[np.asarray(y) == 1]) if len(y) > 4 else np.mean((h >= 0.5) & (y == 1))
