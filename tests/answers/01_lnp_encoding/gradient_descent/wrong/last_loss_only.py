# Misconception: one loss is enough
# Hint: Record the NLL of every step
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = np.array(init_guess, float)
    for i in range(n_steps):
        k = k - alpha * compute_dNLL(k, x, y)
        NLL = compute_NLL(k, x, y)
    return k, NLL
