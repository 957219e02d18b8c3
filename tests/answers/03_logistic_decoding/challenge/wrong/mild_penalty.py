# Misconception: a mild penalty is no penalty
# Hint: without penalty or intercept
def logistic_regression(X, y, X_new):
    from scipy.special import expit
    w = minimize(lambda t: np.logaddexp(0, X @ t).sum() - y @ (X @ t) + 0.02 * t @ t, np.zeros(X.shape[1]), method='L-BFGS-B',
                 jac=lambda t: X.T @ (expit(X @ t) - y) + 0.04 * t).x
    return w, expit(X_new @ w)
