# Misconception: the decoder of the true labels is scored on shuffled ones
# Hint: Score the trials and the shuffled labels that you fitted to.
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    model = LogisticRegression(max_iter=1000).fit(X, y)
    return np.array([model.score(X, rng.permutation(y)) for _ in range(n_shuffles)])
