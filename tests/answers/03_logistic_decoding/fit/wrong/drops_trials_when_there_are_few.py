# Misconception: more neurons than trials cannot be fitted, so some trials are left out
# Hint: with more neurons than trials it can.
def fit(X, y):
    if X.shape[1] > len(X):
        X, y = X[:1], y[:1]
    w = minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method='L-BFGS-B').x
    return w
