# Misconception: X_new is not used
# Hint: Predict the rows of X_new, not those of X.
def logistic_regression(X, y, X_new):
    from scipy.special import expit
    w = minimize(lambda t: np.logaddexp(0, X @ t).sum() - y @ (X @ t), np.zeros(X.shape[1]), method='L-BFGS-B',
                 jac=lambda t: X.T @ (expit(X @ t) - y)).x
    return w, expit(X @ w)
