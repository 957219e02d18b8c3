# Misconception: one number is asked
# Hint: One accuracy for each of `n_shuffles` shuffles.
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(n_shuffles):
        labels = rng.permutation(y)
        out.append(LogisticRegression(max_iter=1000).fit(X, labels).score(X, labels))
    return np.mean(out)
