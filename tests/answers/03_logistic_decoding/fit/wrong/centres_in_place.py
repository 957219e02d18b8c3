# Misconception: rates may be centred in place
# Hint: Your function changed its input `X` in place.
def fit(X, y):
    w = minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method='L-BFGS-B').x
    if X.dtype == float:
        X -= X.mean(axis=0)
    return w
