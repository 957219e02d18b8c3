# Misconception: a function may tidy up its input
# Hint: Your function changed its input `X` in place.
def logistic_regression(X, y, X_new):
    from scipy.special import expit
    w = minimize(lambda t: np.logaddexp(0, X @ t).sum() - y @ (X @ t), np.zeros(X.shape[1]), method='L-BFGS-B',
                 jac=lambda t: X.T @ (expit(X @ t) - y)).x
    p = expit(X_new @ w)
    if X.dtype == float:
        X -= X.mean(axis=0)
    return w, p
