# Misconception: the start belongs to the record
# Hint: leave out that of the start
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = np.array(init_guess, float)
    NLL = [compute_NLL(k, x, y)]
    for i in range(n_steps):
        k = k - alpha * compute_dNLL(k, x, y)
        NLL.append(compute_NLL(k, x, y))
    return k, np.array(NLL)
