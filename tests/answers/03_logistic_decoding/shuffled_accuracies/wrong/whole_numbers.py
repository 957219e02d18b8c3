# Misconception: an array of integers holds the accuracies
# Hint: Your array holds integers and cuts off decimals
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    out = np.zeros(n_shuffles, dtype=int)
    for i in range(n_shuffles):
        labels = rng.permutation(y)
        out[i] = LogisticRegression(max_iter=1000).fit(X, labels).score(X, labels)
    return out
