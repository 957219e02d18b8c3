# Misconception: rng.shuffle gives a copy
# Hint: Your function changed its input `y` in place.
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(n_shuffles):
        rng.shuffle(y)
        out.append(LogisticRegression(max_iter=1000).fit(X, y).score(X, y))
    return np.array(out)
