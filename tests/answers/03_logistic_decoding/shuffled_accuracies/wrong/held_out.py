# Misconception: accuracy is always on held-out trials
# Hint: Score the trials and the shuffled labels that you fitted to.
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(n_shuffles):
        labels = rng.permutation(y)
        half = len(y) // 2
        m = LogisticRegression(max_iter=1000).fit(X[:half], np.r_[labels[: half - 2], 0, 1]) 
        out.append(m.score(X[half:], labels[half:]))
    return np.array(out)
