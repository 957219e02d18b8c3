# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def shuffled_accuracies(X, y, n_shuffles=1000, seed=0):
    # YOUR CODE HERE
    raise NotImplementedError()
