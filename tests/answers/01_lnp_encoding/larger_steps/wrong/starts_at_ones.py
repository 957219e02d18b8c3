# Misconception: ones are as good as zeros
# Hint: Start from zeros again, not from ones.
def larger_steps(x, y, n_steps=500):
    start = np.ones(x.shape[1])
    return gradient_descent(x, y, start, n_steps, alpha=1e-5)


with np.errstate(over="ignore", invalid="ignore"):
    k_large, NLL_large = larger_steps(NS_images, NS_counts, n_steps)
