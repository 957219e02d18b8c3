# Misconception: the filter with the lowest NLL is wanted, not the last one.
# Hint: Return the filter after the last step, also where the NLL was lower before.
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k, NLL = np.array(init_guess, dtype=float), np.zeros(n_steps)
    best, lowest = k, np.inf
    for i in range(n_steps):
        k = k - alpha * compute_dNLL(k, x, y)
        NLL[i] = compute_NLL(k, x, y)
        if NLL[i] < lowest:
            best, lowest = k.copy(), NLL[i]
    return best, NLL
