# Misconception: a probability may be rounded for whoever reads it.
# Hint: do not round or limit it
def logistic_regression(X, y, X_new):
    from scipy.special import expit
    w = minimize(lambda t: np.logaddexp(0, X @ t).sum() - y @ (X @ t), np.zeros(X.shape[1]), method='L-BFGS-B',
                 jac=lambda t: X.T @ (expit(X @ t) - y)).x
    return w, expit(X_new @ w).round(2)
