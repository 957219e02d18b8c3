# Misconception: the default does it
# Hint: Pass n_steps on to gradient_descent.
def larger_steps(x, y, n_steps=500):
    return gradient_descent(x, y, np.zeros(x.shape[1]), alpha=1e-5)


with np.errstate(over="ignore", invalid="ignore"):
    k_large, NLL_large = larger_steps(NS_images, NS_counts, n_steps)
