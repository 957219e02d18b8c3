# Misconception: the notebook knows its data
# Hint: Call gradient_descent with the arguments
def fit_natural_scenes(x, y, n_steps=500):
    return gradient_descent(NS_images, NS_counts, np.zeros(NS_images.shape[1]), n_steps)


n_steps = settings.size(full=500, quick=100)
k, NLL = fit_natural_scenes(NS_images, NS_counts, n_steps)
