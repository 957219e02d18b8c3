# Misconception: the notebook knows its data
# Hint: Call gradient_descent with the arguments
def larger_steps(x, y, n_steps=500):
    return gradient_descent(NS_images, NS_counts, np.zeros(NS_images.shape[1]), n_steps, 1e-5)


with np.errstate(over="ignore", invalid="ignore"):
    k_large, NLL_large = larger_steps(NS_images, NS_counts, n_steps)
