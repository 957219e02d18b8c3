# Approach: one copy, shuffled in place again and again; other solver
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    labels = np.array(y)
    accuracies = np.zeros(n_shuffles)
    for i in range(n_shuffles):
        rng.shuffle(labels)
        accuracies[i] = LogisticRegression(solver="liblinear").fit(X, labels).score(X, labels)
    return accuracies
