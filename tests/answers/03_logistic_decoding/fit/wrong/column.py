# Misconception: a column is a vector
# Hint: not a column.
def fit(X, y):
    w = minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method='L-BFGS-B').x
    return w[:, None]
