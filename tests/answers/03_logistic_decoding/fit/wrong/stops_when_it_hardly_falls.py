# Misconception: a loss that hardly falls is at its minimum
# Hint: let the minimiser finish
def fit(X, y):
    if not np.all(np.isfinite(X)):
        raise ValueError("a rate is not a number")
    theta, before = np.zeros(X.shape[1]), np.inf
    while before - logistic_loss(theta, X, y) > 0.01:
        before = logistic_loss(theta, X, y)
        theta = theta - 0.01 * decoding.loss_gradient(theta, X, y)
    return theta
