# Misconception: the filter has the type of the start
# Hint: Your array holds integers and cuts off decimals
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = init_guess.copy()
    NLL = np.zeros(n_steps)
    for i in range(n_steps):
        k[:] = k - alpha * compute_dNLL(k, x, y)
        NLL[i] = compute_NLL(k, x, y)
    return k, NLL
