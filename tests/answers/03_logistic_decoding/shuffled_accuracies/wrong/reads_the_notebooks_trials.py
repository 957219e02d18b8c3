# Misconception: X means the notebook's trials
# Hint: Use the arguments alone.
def shuffled_accuracies(inputs, labels, n_shuffles=1000, seed=0):
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(n_shuffles):
        l = rng.permutation(y_train)
        out.append(LogisticRegression(max_iter=1000).fit(Z_train, l).score(Z_train, l))
    return np.array(out)
