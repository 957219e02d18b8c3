# Approach: own tqdm bar, python's random
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    import random
    from tqdm.auto import tqdm
    generator = random.Random(seed)
    result = []
    for _ in tqdm(range(n_shuffles), leave=False, disable=n_shuffles < 100):
        labels = list(y)
        generator.shuffle(labels)
        result.append(LogisticRegression(max_iter=1000).fit(X, labels).score(X, labels))
    return np.array(result)
