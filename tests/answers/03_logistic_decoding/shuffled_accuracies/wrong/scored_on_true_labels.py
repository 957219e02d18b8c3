# Misconception: the decoder should find the true labels
# Hint: Score the trials and the shuffled labels that you fitted to.
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(n_shuffles):
        out.append(LogisticRegression(max_iter=1000).fit(X, rng.permutation(y)).score(X, y))
    return np.array(out)
