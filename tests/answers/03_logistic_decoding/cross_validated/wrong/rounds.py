# Misconception: two decimals are enough
# Hint: Return the fraction as it is, without rounding.
def cross_validated(X, y, n_folds=8, n_shuffles=100, seed=0):
    rng = np.random.default_rng(seed)
    folds = StratifiedKFold(n_folds, shuffle=True, random_state=seed)

    def accuracy(labels):
        return round(cross_val_score(LogisticRegression(max_iter=1000), X, labels, cv=folds).mean(), 2)

    return accuracy(y), np.array([accuracy(rng.permutation(y)) for _ in range(n_shuffles)])
