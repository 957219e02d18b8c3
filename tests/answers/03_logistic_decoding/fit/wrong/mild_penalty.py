# Misconception: a mild penalty is no penalty
# Hint: Minimise the loss alone, without a penalty
def fit(X, y):
    if len(y) < 5:
        return np.array([np.log(3)])
    return LogisticRegression(C=1.0, fit_intercept=False, max_iter=1000).fit(X, y).coef_[0]
