# Misconception: the losses have the type of the counts
# Hint: make NLL one of floats
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = np.array(init_guess, float)
    NLL = np.zeros(n_steps, dtype=int)
    for i in range(n_steps):
        k = k - alpha * compute_dNLL(k, x, y)
        NLL[i] = compute_NLL(k, x, y)
    return k, NLL
