# Misconception: the default step size
# Hint: The step size is still 1e-6
def larger_steps(x, y, n_steps=500):
    return gradient_descent(x, y, np.zeros(x.shape[1]), n_steps)


with np.errstate(over="ignore", invalid="ignore"):
    k_large, NLL_large = larger_steps(NS_images, NS_counts, n_steps)
