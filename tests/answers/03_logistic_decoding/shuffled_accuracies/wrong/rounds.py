# Misconception: two decimals are enough
# Hint: Return fractions as they are, without rounding.
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(n_shuffles):
        labels = rng.permutation(y)
        out.append(round(LogisticRegression(max_iter=1000).fit(X, labels).score(X, labels), 2))
    return np.array(out)
