# Misconception: an intercept belongs to every model
# Hint: Leave out the column of ones
def logistic_regression(X, y, X_new):
    X_ = np.column_stack([np.ones(len(X)), X])
    from scipy.special import expit
    w = minimize(lambda t: np.logaddexp(0, X_ @ t).sum() - y @ (X_ @ t), np.zeros(X_.shape[1]), method='L-BFGS-B',
                 jac=lambda t: X_.T @ (expit(X_ @ t) - y)).x
    return w, expit(np.column_stack([np.ones(len(X_new)), X_new]) @ w)
