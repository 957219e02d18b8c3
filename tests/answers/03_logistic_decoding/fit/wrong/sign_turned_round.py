# Misconception: the weights speak for choice 0
# Hint: The sign is turned round
def fit(X, y):
    w = minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method='L-BFGS-B').x
    return -w
