# Approach: RandomState, predictions compared by hand, a list
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    rng = np.random.RandomState(seed)
    result = []
    for _ in range(n_shuffles):
        labels = y[rng.permutation(len(y))]
        result.append(float(np.mean(LogisticRegression(max_iter=1000).fit(X, labels).predict(X) == labels)))
    return result
