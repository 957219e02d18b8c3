# Misconception: a prediction is 0 or 1
# Hint: It is the probability of 1 for each row of X_new.
def logistic_regression(X, y, X_new):
    from scipy.special import expit
    w = minimize(lambda t: np.logaddexp(0, X @ t).sum() - y @ (X @ t), np.zeros(X.shape[1]), method='L-BFGS-B',
                 jac=lambda t: X.T @ (expit(X @ t) - y)).x
    return w, (expit(X_new @ w) > 0.5).astype(int)
