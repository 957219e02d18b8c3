# Misconception: scikit-learn's default has no penalty
# Hint: scikit-learn has one by default.
def logistic_regression(X, y, X_new):
    m = LogisticRegression(fit_intercept=False).fit(X, y)
    return m.coef_[0], m.predict_proba(X_new)[:, 1]
