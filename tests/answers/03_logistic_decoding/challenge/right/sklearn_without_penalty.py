# Approach: scikit-learn with a penalty that does not matter and no intercept
def logistic_regression(X, y, X_new):
    model = LogisticRegression(C=1e6, fit_intercept=False, max_iter=5000, tol=1e-6).fit(X, y)
    return model.coef_[0], model.predict_proba(X_new)[:, 1]
