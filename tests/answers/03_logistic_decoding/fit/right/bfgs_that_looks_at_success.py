# Approach: BFGS without a gradient, which must say that it succeeded
def fit(X, y):
    found = minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y))
    assert found.success, found.message
    return found.x
