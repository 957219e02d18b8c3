# Misconception: the gradient is computed once
# Hint: Compute the gradient anew in each step
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = np.array(init_guess, float)
    gradient = compute_dNLL(k, x, y)
    NLL = np.zeros(n_steps)
    for i in range(n_steps):
        k = k - alpha * gradient
        NLL[i] = compute_NLL(k, x, y)
    return k, NLL
