# Misconception: scikit-learn's default has no penalty
# Hint: Use the arguments alone: minimise the loss
def logistic_regression(X, y, X_new):
    m = LogisticRegression(fit_intercept=False).fit(X, y)
    return m.coef_[0], m.predict_proba(X_new)[:, 1]
