# Misconception: trials that do not fill a fold may be left out.
# Hint: Leave every trial out once, also where folds cannot have the same size.
def cross_validated(X, y, n_folds=8, n_shuffles=100, seed=0):
    rng = np.random.default_rng(seed)
    size = len(y) // n_folds
    folds = rng.permutation(len(y))[: n_folds * size].reshape(n_folds, size)

    def accuracy(labels):
        n_right = 0
        for fold in folds:
            kept = np.setdiff1d(np.arange(len(labels)), fold)
            model = LogisticRegression(max_iter=1000).fit(X[kept], labels[kept])
            n_right += np.sum(model.predict(X[fold]) == labels[fold])
        return n_right / len(labels)

    return accuracy(y), np.array([accuracy(rng.permutation(y)) for _ in range(n_shuffles)])
