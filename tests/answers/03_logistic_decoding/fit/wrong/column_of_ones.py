# Misconception: a model has a bias
# Hint: Leave out the column of ones
def fit(X, y):
    X = np.column_stack([np.ones(len(X)), X])
    w = minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method='L-BFGS-B').x
    return w
