# Misconception: the weights are all that is asked
# Hint: should return two things: theta_hat, h_new.
def logistic_regression(X, y, X_new):
    from scipy.special import expit
    w = minimize(lambda t: np.logaddexp(0, X @ t).sum() - y @ (X @ t), np.zeros(X.shape[1]), method='L-BFGS-B',
                 jac=lambda t: X.T @ (expit(X @ t) - y)).x
    return w
