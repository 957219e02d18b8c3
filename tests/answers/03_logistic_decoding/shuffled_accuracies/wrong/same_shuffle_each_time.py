# Misconception: the generator may be made in the loop
# Hint: All shuffles are the same
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    out = []
    for _ in range(n_shuffles):
        labels = np.random.default_rng(seed).permutation(y)
        out.append(LogisticRegression(max_iter=1000).fit(X, labels).score(X, labels))
    return np.array(out)
