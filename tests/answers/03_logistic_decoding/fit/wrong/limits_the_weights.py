# Misconception: weights need limits
# Hint: Other weights have a lower logistic loss
# Hidden: The best weights of the small examples are within the limits.
def fit(X, y):
    found = minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method="L-BFGS-B", bounds=[(-100, 100)] * X.shape[1])
    if not found.success:
        raise RuntimeError(found.message)
    return found.x
