# Misconception: a rate is never negative
# Hint: take X as it is
def cross_validated(X, y, n_folds=8, n_shuffles=100, seed=0):
    rng = np.random.default_rng(seed)
    folds = StratifiedKFold(n_folds, shuffle=True, random_state=seed)
    rates = np.maximum(X, 0)

    def accuracy(labels):
        return cross_val_score(LogisticRegression(max_iter=1000), rates, labels, cv=folds).mean()

    return accuracy(y), np.array([accuracy(rng.permutation(y)) for _ in range(n_shuffles)])
