# Misconception: any random numbers will do
# Hint: Use `seed` for the generator
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng()
    labels = [rng.permutation(y) for _ in range(n_shuffles)]
    return np.array([LogisticRegression(max_iter=1000).fit(X, l).score(X, l) for l in labels])
