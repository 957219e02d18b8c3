# Misconception: random labels are shuffled labels
# Hint: Each shuffle should use every label once
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(n_shuffles):
        labels = rng.integers(0, 2, len(y))
        out.append(LogisticRegression(max_iter=1000).fit(X, labels).score(X, labels))
    return np.array(out)
