# Misconception: rates far from 0 are outliers
# Hint: Take X as it is
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    rates = np.clip(X, -3, 3)
    out = []
    for _ in range(n_shuffles):
        labels = rng.permutation(y)
        out.append(LogisticRegression(max_iter=1000).fit(rates, labels).score(rates, labels))
    return np.array(out)
