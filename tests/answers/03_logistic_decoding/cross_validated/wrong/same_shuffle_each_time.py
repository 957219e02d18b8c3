# Misconception: the generator may be made in the loop
# Hint: All shuffles are the same
def cross_validated(X, y, n_folds=8, n_shuffles=100, seed=0):
    rng = np.random.default_rng(seed)
    folds = StratifiedKFold(n_folds, shuffle=True, random_state=seed)
    def accuracy(labels):
        return cross_val_score(LogisticRegression(max_iter=1000), X, labels, cv=folds).mean()
    return accuracy(y), np.array([accuracy(np.random.default_rng(seed).permutation(y)) for _ in range(n_shuffles)])
