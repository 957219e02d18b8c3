# Misconception: n_folds is 5, as in the example
# Hint: Average over all `n_folds` folds
def cross_validated(X, y, n_folds=8, n_shuffles=100, seed=0):
    rng = np.random.default_rng(seed)
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    model = LogisticRegression(max_iter=1000)
    true = cross_val_score(model, X, y, cv=folds).mean()
    return true, [cross_val_score(model, X, rng.permutation(y), cv=folds).mean() for _ in range(n_shuffles)]
