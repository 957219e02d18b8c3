# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def compare_models(stim_train, spikes_train, stim_test, spikes_test, d=25):
    # YOUR CODE HERE
    raise NotImplementedError()
