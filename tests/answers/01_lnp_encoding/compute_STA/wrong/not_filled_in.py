# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def compute_STA(images, spike_counts):
    # YOUR CODE HERE
    raise NotImplementedError()
