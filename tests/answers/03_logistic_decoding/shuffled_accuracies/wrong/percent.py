# Misconception: accuracy is a percentage
# Hint: Return fractions from 0 to 1
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(n_shuffles):
        labels = rng.permutation(y)
        out.append(100 * LogisticRegression(max_iter=1000).fit(X, labels).score(X, labels))
    return np.array(out)
