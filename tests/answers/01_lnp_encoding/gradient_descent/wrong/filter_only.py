# Misconception: the filter is all that counts
# Hint: Return two things
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = np.array(init_guess, float)
    for i in range(n_steps):
        k = k - alpha * compute_dNLL(k, x, y)
    return k
