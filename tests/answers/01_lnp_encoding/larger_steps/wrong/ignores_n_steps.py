# Misconception: takes the four steps of the example
# Hint: Pass n_steps on: this takes always 4 steps.
def larger_steps(x, y, n_steps=500):
    return gradient_descent(x, y, np.zeros(x.shape[1]), 4, alpha=1e-5)


with np.errstate(over="ignore", invalid="ignore"):
    k_large, NLL_large = larger_steps(NS_images, NS_counts, n_steps)
