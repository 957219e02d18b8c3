# Misconception: the function may use the notebook's trials
# Hint: use the arguments alone
def cross_validated(inputs, labels, n_folds=8, n_shuffles=100, seed=0):
    rng = np.random.default_rng(seed)
    def accuracy(l):
        return cross_val_score(LogisticRegression(), Z, l, cv=n_folds).mean()
    return accuracy(y), np.array([accuracy(rng.permutation(y)) for _ in range(n_shuffles)])
