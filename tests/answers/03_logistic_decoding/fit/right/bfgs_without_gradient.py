# Approach: minimize finds out the slope by itself; a loss that is no number is an error
def fit(X, y):
    found = minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y))
    if not np.isfinite(found.fun):
        raise ValueError("the loss is not a number")
    return found.x
