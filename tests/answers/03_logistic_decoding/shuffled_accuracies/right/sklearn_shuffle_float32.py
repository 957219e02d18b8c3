# Approach: sklearn.utils.shuffle with a seed for each; single precision
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    from sklearn.utils import shuffle
    out = np.empty(n_shuffles, dtype=np.float32)
    for i in range(n_shuffles):
        labels = shuffle(y, random_state=100003 * seed + i)
        out[i] = LogisticRegression(max_iter=1000).fit(X, labels).score(X, labels)
    return out
