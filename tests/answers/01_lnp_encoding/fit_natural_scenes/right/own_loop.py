# Approach: a loop of its own, the functions as they are
def fit_natural_scenes(x, y, n_steps=500):
    k, NLL = np.zeros(x.shape[1]), np.zeros(n_steps)
    for i in range(n_steps):
        k = k - 1e-6 * compute_dNLL(k, x, y)
        NLL[i] = compute_NLL(k, x, y)
    return k, NLL


n_steps = settings.size(full=500, quick=100)
k, NLL = fit_natural_scenes(NS_images, NS_counts, n_steps)
