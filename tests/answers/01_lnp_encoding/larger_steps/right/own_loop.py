# Approach: a loop of its own, the functions as they are
def larger_steps(x, y, n_steps=500):
    k, NLL = np.zeros(x.shape[1]), np.zeros(n_steps)
    for i in range(n_steps):
        k = k - 0.00001 * compute_dNLL(k, x, y)
        NLL[i] = compute_NLL(k, x, y)
    return k, NLL


with np.errstate(over="ignore", invalid="ignore"):
    k_large, NLL_large = larger_steps(NS_images, NS_counts, n_steps)
