# Approach: challenge mode: the function written before
def fit(X, y):
    return logistic_regression(X, y, X)[0]
