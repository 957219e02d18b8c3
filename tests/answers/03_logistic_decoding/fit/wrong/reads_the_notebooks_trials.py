# Misconception: the function may use the notebook's trials
# Hint: Use the arguments alone
def fit(X, y):
    return minimize(logistic_loss, np.zeros(X_train.shape[1]), args=(X_train, y_train), jac=decoding.loss_gradient).x
