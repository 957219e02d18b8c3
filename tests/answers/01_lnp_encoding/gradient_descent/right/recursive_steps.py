# Approach: a generator of filters
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    def walk(k):
        for _ in range(n_steps):
            k = k - alpha * np.asarray(compute_dNLL(k, x, y))
            yield k


    filters = list(walk(np.asarray(init_guess, float)))
    print(len(filters), "steps")
    return filters[-1], np.array([compute_NLL(k, x, y) for k in filters])
