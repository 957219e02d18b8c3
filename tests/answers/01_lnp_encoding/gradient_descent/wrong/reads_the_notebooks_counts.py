# Misconception: there is one array of counts, the notebook's
# Hint: Use the argument `y`, not the notebook's spike counts.
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = np.array(init_guess, float)
    NLL = np.zeros(n_steps)
    for i in range(n_steps):
        k = k - alpha * compute_dNLL(k, x, NS_counts)
        NLL[i] = compute_NLL(k, x, NS_counts)
    return k, NLL
