# Misconception: scikit-learn's default has no penalty
# Hint: scikit-learn has one by default.
def fit(X, y):
    return LogisticRegression(fit_intercept=False, max_iter=1000).fit(X, y).coef_[0]
