# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    # YOUR CODE HERE
    raise NotImplementedError()
