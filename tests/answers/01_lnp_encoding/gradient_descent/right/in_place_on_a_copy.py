# Approach: in place, on a copy of its own
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = np.asarray(init_guess).astype(float).copy()
    NLL = np.empty(n_steps)
    for i in range(n_steps):
        k -= alpha * compute_dNLL(k, x, y)
        NLL[i] = compute_NLL(k, x, y)
    return k, NLL
