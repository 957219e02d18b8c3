# Approach: everything written out, lists at the end
def fit_natural_scenes(x, y, n_steps=500):
    x = np.asarray(x, float)
    k, NLL = np.zeros(x.shape[1]), []
    for _ in range(n_steps):
        k = k - 1e-6 * ((np.exp(x @ k) - y) @ x)
        NLL.append(np.exp(x @ k).sum() - y @ (x @ k))
    return k.astype(np.float32).tolist(), NLL


n_steps = settings.size(full=500, quick=100)
k, NLL = fit_natural_scenes(NS_images, NS_counts, n_steps)
