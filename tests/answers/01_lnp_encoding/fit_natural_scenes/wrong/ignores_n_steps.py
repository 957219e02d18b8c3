# Misconception: takes the four steps of the example
# Hint: Pass n_steps on: this takes always 4 steps.
def fit_natural_scenes(x, y, n_steps=500):
    return gradient_descent(x, y, np.zeros(x.shape[1]), 4)


n_steps = settings.size(full=500, quick=100)
k, NLL = fit_natural_scenes(NS_images, NS_counts, n_steps)
