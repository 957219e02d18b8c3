# Misconception: printing is returning
# Hint: does the function end in a `return`?
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(n_shuffles):
        labels = rng.permutation(y)
        print(LogisticRegression(max_iter=1000).fit(X, labels).score(X, labels))
