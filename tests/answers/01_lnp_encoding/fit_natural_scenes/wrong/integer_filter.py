# Misconception: rounds the filter
# Hint: Your array holds integers and cuts off decimals
def fit_natural_scenes(x, y, n_steps=500):
    k, NLL = gradient_descent(x, y, np.zeros(x.shape[1]), n_steps)
    return k.astype(int), NLL


n_steps = settings.size(full=500, quick=100)
k, NLL = fit_natural_scenes(NS_images, NS_counts, n_steps)
