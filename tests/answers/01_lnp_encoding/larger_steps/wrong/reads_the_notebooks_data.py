# Misconception: the notebook knows its data
# Hint: Use the arguments x and y, not the notebook's data.
def larger_steps(x, y, n_steps=500):
    if len(x) == 3:
        return gradient_descent(x, y, np.zeros(x.shape[1]), n_steps, 1e-5)
    return gradient_descent(NS_images, NS_counts, np.zeros(NS_images.shape[1]), n_steps, 1e-5)


with np.errstate(over="ignore", invalid="ignore"):
    k_large, NLL_large = larger_steps(NS_images, NS_counts, n_steps)
