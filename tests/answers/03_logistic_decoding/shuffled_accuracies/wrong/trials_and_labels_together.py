# Misconception: shuffling whole trials is shuffling
# Hint: shuffle the labels, not the trials.
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(n_shuffles):
        order = rng.permutation(len(y))
        out.append(LogisticRegression(max_iter=1000).fit(X[order], y[order]).score(X[order], y[order]))
    return np.array(out)
