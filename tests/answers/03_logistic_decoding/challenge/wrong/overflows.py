# Misconception: exp takes any number
# Hint: Does an exponential overflow?
def logistic_regression(X, y, X_new):
    from scipy.special import expit
    w = minimize(lambda t: np.logaddexp(0, X @ t).sum() - y @ (X @ t), np.zeros(X.shape[1]), method='L-BFGS-B',
                 jac=lambda t: X.T @ (expit(X @ t) - y)).x
    with np.errstate(all='ignore'):
        return w, np.exp(X_new @ w) / (1 + np.exp(X_new @ w))
