# Misconception: scikit-learn's default has no penalty
# Hint: use the arguments alone
def fit(X, y):
    return LogisticRegression(fit_intercept=False, max_iter=1000).fit(X, y).coef_[0]
