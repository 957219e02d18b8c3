# Approach: everything written out
def larger_steps(x, y, n_steps=500):
    x = np.asarray(x, float)
    k, NLL = np.zeros(x.shape[1]), []
    for _ in range(n_steps):
        k = k - 1e-5 * ((np.exp(x @ k) - y) @ x)
        NLL.append(np.exp(x @ k).sum() - y @ (x @ k))
    return [k, np.array(NLL)]


with np.errstate(over="ignore", invalid="ignore"):
    k_large, NLL_large = larger_steps(NS_images, NS_counts, n_steps)
