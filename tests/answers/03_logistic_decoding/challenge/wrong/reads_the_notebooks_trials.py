# Misconception: the function may use the notebook's trials
# Hint: Use the arguments alone
def logistic_regression(X, y, X_new):
    from scipy.special import expit
    w = minimize(lambda t: np.logaddexp(0, X_train @ t).sum() - y_train @ (X_train @ t), np.zeros(X_train.shape[1]), method='L-BFGS-B',
                 jac=lambda t: X_train.T @ (expit(X_train @ t) - y_train)).x
    return w, expit(X_new @ w)
