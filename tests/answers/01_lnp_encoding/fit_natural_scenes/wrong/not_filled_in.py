# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def fit_natural_scenes(x, y, n_steps=500):
    # YOUR CODE HERE
    raise NotImplementedError()


n_steps = settings.size(full=500, quick=100)
k, NLL = fit_natural_scenes(NS_images, NS_counts, n_steps)
