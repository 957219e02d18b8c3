# Misconception: there is one array of counts, the notebook's
# Hint: Use the argument y, not the notebook's spike counts.
# Hidden: it reads the notebook's counts only where there are as many images as in the notebook
def larger_steps(x, y, n_steps=500):
    counts = NS_counts if len(NS_counts) == len(x) else y
    return gradient_descent(x, counts, np.zeros(x.shape[1]), n_steps, 1e-5)


with np.errstate(over="ignore", invalid="ignore"):
    k_large, NLL_large = larger_steps(NS_images, NS_counts, n_steps)
