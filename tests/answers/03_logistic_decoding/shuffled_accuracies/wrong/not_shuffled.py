# Misconception: fitting many times is enough
# Hint: shuffle the labels, not the trials.
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(n_shuffles):
        out.append(LogisticRegression(max_iter=1000).fit(X, y).score(X, y))
    return np.array(out)
