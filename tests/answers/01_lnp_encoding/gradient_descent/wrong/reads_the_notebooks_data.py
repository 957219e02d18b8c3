# Misconception: there is one set of data, the notebook's
# Hint: Use the arguments, not the notebook's data.
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    k = np.array(init_guess, float)
    NLL = np.zeros(n_steps)
    for i in range(n_steps):
        k = k - alpha * compute_dNLL(k, NS_images, NS_counts)
        NLL[i] = compute_NLL(k, NS_images, NS_counts)
    return k, NLL
