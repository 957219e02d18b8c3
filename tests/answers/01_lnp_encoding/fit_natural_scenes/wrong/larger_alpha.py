# Misconception: larger steps are faster
# Hint: The step size is 1e-6 here
def fit_natural_scenes(x, y, n_steps=500):
    with np.errstate(over="ignore", invalid="ignore"):
        return gradient_descent(x, y, np.zeros(x.shape[1]), n_steps, alpha=1e-5)


n_steps = settings.size(full=500, quick=100)
k, NLL = fit_natural_scenes(NS_images, NS_counts, n_steps)
