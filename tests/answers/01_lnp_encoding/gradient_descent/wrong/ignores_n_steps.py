# Misconception: takes the three steps of the example
# Hint: Take n_steps steps, not always 3.
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = np.array(init_guess, float)
    NLL = np.zeros(3)
    for i in range(3):
        k = k - alpha * compute_dNLL(k, x, y)
        NLL[i] = compute_NLL(k, x, y)
    return k, NLL
