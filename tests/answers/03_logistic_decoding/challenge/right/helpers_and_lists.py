# Approach: helpers outside the function, BFGS without a gradient, lists returned
def _h(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def _loss(w, X, y):
    z = X @ w
    return np.sum(np.logaddexp(0, z) - y * z)


def logistic_regression(X, y, X_new):
    w = minimize(_loss, np.zeros(X.shape[1]), args=(X, y), method="L-BFGS-B", options={"maxfun": 100000}).x
    return [w.tolist(), _h(X_new @ w).tolist()]
