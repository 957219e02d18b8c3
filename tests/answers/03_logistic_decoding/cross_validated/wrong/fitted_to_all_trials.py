# Misconception: one fit to all trials, then folds are scored
# Hint: Score each fold with a decoder that has not seen it
def cross_validated(X, y, n_folds=8, n_shuffles=100, seed=0):
    rng = np.random.default_rng(seed)
    folds = StratifiedKFold(n_folds, shuffle=True, random_state=seed)
    def accuracy(labels):
        model = LogisticRegression(max_iter=1000).fit(X, labels)
        return np.mean([model.score(X[b], labels[b]) for a, b in folds.split(X, labels)])
    return accuracy(y), np.array([accuracy(rng.permutation(y)) for _ in range(n_shuffles)])
