# Approach: own folds by array_split, every trial counted once, lists
def cross_validated(X, y, n_folds=8, n_shuffles=100, seed=0):
    rng = np.random.default_rng(seed)
    folds = np.array_split(rng.permutation(len(y)), n_folds)
    def accuracy(labels):
        n_right = 0
        for fold in folds:
            kept = np.setdiff1d(np.arange(len(labels)), fold)
            n_right += np.sum(LogisticRegression(max_iter=1000).fit(X[kept], labels[kept]).predict(X[fold]) == labels[fold])
        return n_right / len(labels)
    return [accuracy(y), [accuracy(rng.permutation(y)) for _ in range(n_shuffles)]]
