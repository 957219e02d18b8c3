# Misconception: a descent begins at zero
# Hint: Start at the argument init_guess, not at zero.
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = np.zeros(x.shape[1])
    NLL = np.zeros(n_steps)
    for i in range(n_steps):
        k = k - alpha * compute_dNLL(k, x, y)
        NLL[i] = compute_NLL(k, x, y)
    return k, NLL
