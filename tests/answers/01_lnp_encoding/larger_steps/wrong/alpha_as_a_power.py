# Misconception: `-10^5` or 10e-5 is 1e-5
# Hint: The step size should be 1e-5
def larger_steps(x, y, n_steps=500):
    return gradient_descent(x, y, np.zeros(x.shape[1]), n_steps, alpha=10e-5)


with np.errstate(over="ignore", invalid="ignore"):
    k_large, NLL_large = larger_steps(NS_images, NS_counts, n_steps)
