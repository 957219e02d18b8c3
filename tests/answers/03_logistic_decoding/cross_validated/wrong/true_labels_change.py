# Misconception: rng.shuffle gives a copy
# Hint: Your function changed its input `y` in place.
def cross_validated(X, y, n_folds=8, n_shuffles=100, seed=0):
    rng = np.random.default_rng(seed)
    folds = StratifiedKFold(n_folds, shuffle=True, random_state=seed)
    def accuracy(labels):
        return cross_val_score(LogisticRegression(max_iter=1000), X, labels, cv=folds).mean()
    true, out = accuracy(y), []
    for _ in range(n_shuffles):
        rng.shuffle(y)
        out.append(accuracy(y))
    return true, np.array(out)
