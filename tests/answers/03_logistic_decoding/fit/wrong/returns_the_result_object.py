# Misconception: minimize returns the weights
# Hint: Return its `.x`.
def fit(X, y):
    return minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient)
