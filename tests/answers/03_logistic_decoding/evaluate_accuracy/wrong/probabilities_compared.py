# Misconception: a probability equals a choice
# Hint: Or are probabilities compared with choices?
def evaluate_accuracy(theta_hat, X, y):
    h = compute_h(theta_hat, X)
    return np.mean(h == y)
