# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def stimulus_correlation(stim, max_lag):
    # YOUR CODE HERE
    raise NotImplementedError()
