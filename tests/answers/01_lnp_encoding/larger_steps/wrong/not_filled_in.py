# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def larger_steps(x, y, n_steps=500):
    # YOUR CODE HERE
    raise NotImplementedError()


with np.errstate(over="ignore", invalid="ignore"):
    k_large, NLL_large = larger_steps(NS_images, NS_counts, n_steps)
