# Misconception: regression is regression
# Hint: This is least squares.
def logistic_regression(X, y, X_new):
    w = np.linalg.lstsq(X, y, rcond=None)[0]
    return w, np.clip(X_new @ w, 0, 1)
