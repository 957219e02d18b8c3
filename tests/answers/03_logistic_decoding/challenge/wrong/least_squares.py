# Misconception: regression is regression
# Hint: Use the arguments alone: minimise the loss
def logistic_regression(X, y, X_new):
    w = np.linalg.lstsq(X, y, rcond=None)[0]
    return w, np.clip(X_new @ w, 0, 1)
