# Misconception: the loss is the result
# Hint: Return the weights `.x`, not the loss.
def fit(X, y):
    w = minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method='L-BFGS-B').x
    return logistic_loss(w, X, y)
