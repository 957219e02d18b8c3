# Approach: scikit-learn, penalty too weak to matter, no intercept
def fit(X, y):
    return LogisticRegression(C=1e6, fit_intercept=False, max_iter=10000, tol=1e-6).fit(X, y).coef_[0]
