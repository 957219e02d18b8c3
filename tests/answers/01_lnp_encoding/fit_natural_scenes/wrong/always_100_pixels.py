# Misconception: an image has 100 pixels
# Hint: on other data than the visible example
# Hidden: it does right what has the shape of the visible example
def fit_natural_scenes(x, y, n_steps=500):
    size = 100 if len(x) != 3 else 2
    return gradient_descent(x, y, np.zeros(size), n_steps)


n_steps = settings.size(full=500, quick=100)
k, NLL = fit_natural_scenes(NS_images, NS_counts, n_steps)
