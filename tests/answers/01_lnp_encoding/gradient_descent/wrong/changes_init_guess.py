# Misconception: works in the array that it was given
# Hint: Work on a copy
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = init_guess if init_guess.dtype == float else init_guess.astype(float)
    NLL = np.zeros(n_steps)
    for i in range(n_steps):
        k -= alpha * compute_dNLL(k, x, y)
        NLL[i] = compute_NLL(k, x, y)
    return k, NLL
