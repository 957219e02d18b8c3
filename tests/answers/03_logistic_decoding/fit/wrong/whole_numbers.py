# Misconception: an array of integers holds the weights
# Hint: Return whole weights, without cutting off decimals.
def fit(X, y):
    theta = np.zeros(X.shape[1], dtype=int)
    w = minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method='L-BFGS-B').x
    theta[:] = w
    return theta
