# Misconception: what counts is the best shuffle so far
# Hint: Score the trials and the shuffled labels that you fitted to.
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    model = LogisticRegression(max_iter=1000).fit(X, rng.permutation(y))
    scores = []
    for _ in range(n_shuffles):
        scores.append(model.score(X, rng.permutation(y)))
    return np.maximum.accumulate(scores)
