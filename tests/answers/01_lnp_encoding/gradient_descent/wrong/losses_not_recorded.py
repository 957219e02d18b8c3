# Misconception: forgets to record
# Hint: it is still zero
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = np.array(init_guess, float)
    NLL = np.zeros(n_steps)
    for i in range(n_steps):
        k = k - alpha * compute_dNLL(k, x, y)
    return k, NLL
