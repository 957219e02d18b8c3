# Approach: all arguments by name
def fit_natural_scenes(x, y, n_steps=500):
    return gradient_descent(x, y, init_guess=np.zeros(np.shape(x)[1]), n_steps=n_steps, alpha=1e-6)


n_steps = settings.size(full=500, quick=100)
k, NLL = fit_natural_scenes(NS_images, NS_counts, n_steps)
