# Misconception: goes on where the small steps ended
# Hint: Begin anew from zeros
def larger_steps(x, y, n_steps=500):
    start = fit_natural_scenes(x, y, n_steps)[0]
    return gradient_descent(x, y, start, n_steps, alpha=1e-5)


with np.errstate(over="ignore", invalid="ignore"):
    k_large, NLL_large = larger_steps(NS_images, NS_counts, n_steps)
