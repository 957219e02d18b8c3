# Misconception: any random numbers will do
# Hint: use the argument `seed`
def cross_validated(X, y, n_folds=8, n_shuffles=100, seed=0):
    rng = np.random.default_rng()
    folds = StratifiedKFold(n_folds, shuffle=True, random_state=None)
    def accuracy(labels):
        return cross_val_score(LogisticRegression(max_iter=1000), X, labels, cv=folds).mean()
    return accuracy(y), np.array([accuracy(rng.permutation(y)) for _ in range(n_shuffles)])
