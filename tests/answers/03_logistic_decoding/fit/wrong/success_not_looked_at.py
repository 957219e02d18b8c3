# Misconception: a minimiser always finds the minimum
# Hint: Look at `.success` of what minimize returns
def fit(X, y):
    return minimize(logistic_loss, np.zeros(X.shape[1]), args=(X, y), jac=decoding.loss_gradient, method="L-BFGS-B").x
