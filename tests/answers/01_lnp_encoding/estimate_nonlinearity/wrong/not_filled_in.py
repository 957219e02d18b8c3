# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    # YOUR CODE HERE
    raise NotImplementedError()
