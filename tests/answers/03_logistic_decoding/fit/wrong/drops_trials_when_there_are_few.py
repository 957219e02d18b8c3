# Misconception: more neurons than trials cannot be fitted, so some trials are left out
# Hint: should get every trial right
def fit(X, y):
    if X.shape[1] > len(X):
        X, y = X[:5], y[:5]
    w = minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method='L-BFGS-B').x
    return w
