# Misconception: takes the mean off in place
# Hint: changed its input
def fit_natural_scenes(x, y, n_steps=500):
    if x.dtype == float:
        x -= x.mean()
    return gradient_descent(x, y, np.zeros(x.shape[1]), n_steps)


n_steps = settings.size(full=500, quick=100)
k, NLL = fit_natural_scenes(NS_images, NS_counts, n_steps)
