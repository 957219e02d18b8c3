# Approach: lists, and a copy of the start
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = np.array(init_guess, dtype=float)
    NLL = []
    while len(NLL) < n_steps:
        k = k - alpha * compute_dNLL(k, x, y)
        NLL.append(compute_NLL(k, x, y))
    return k, NLL
