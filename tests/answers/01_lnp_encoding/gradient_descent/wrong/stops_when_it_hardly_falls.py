# Misconception: descent may stop when the NLL hardly falls any more.
# Hint: Take all n_steps steps, also where the NLL hardly falls
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k, NLL = np.array(init_guess, dtype=float), np.zeros(n_steps)
    for i in range(n_steps):
        k = k - alpha * compute_dNLL(k, x, y)
        NLL[i] = compute_NLL(k, x, y)
        if i and abs(NLL[i] - NLL[i - 1]) < 1e-6:
            break
    return k, NLL
