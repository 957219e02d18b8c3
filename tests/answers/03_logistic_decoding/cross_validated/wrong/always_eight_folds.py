# Misconception: n_folds is 8
# Hint: use the argument `n_folds`
def cross_validated(X, y, n_folds=8, n_shuffles=100, seed=0):
    rng = np.random.default_rng(seed)
    folds = StratifiedKFold(8, shuffle=True, random_state=seed)
    def accuracy(labels):
        return cross_val_score(LogisticRegression(max_iter=1000), X, labels, cv=folds).mean()
    return accuracy(y), np.array([accuracy(rng.permutation(y)) for _ in range(n_shuffles)])
