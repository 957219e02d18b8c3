# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def fit_lnp(stim, spikes, d=25):
    # YOUR CODE HERE
    raise NotImplementedError()
