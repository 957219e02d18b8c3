# Misconception: there is one array of counts, the notebook's
# Hint: Use the argument y, not the notebook's spike counts.
# Hidden: it reads the notebook's counts only where there are as many images as in the notebook
def fit_natural_scenes(x, y, n_steps=500):
    counts = NS_counts if len(NS_counts) == len(x) else y
    return gradient_descent(x, counts, np.zeros(x.shape[1]), n_steps)


n_steps = settings.size(full=500, quick=100)
k, NLL = fit_natural_scenes(NS_images, NS_counts, n_steps)
