# Misconception: takes the default number of steps
# Hint: take n_steps of them
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = np.array(init_guess, float)
    NLL = np.zeros(500)
    for i in range(500):
        k = k - alpha * compute_dNLL(k, x, y)
        NLL[i] = compute_NLL(k, x, y)
    return k, NLL[:n_steps]
