# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def evaluate_accuracy(theta_hat, X, y):
    # YOUR CODE HERE
    raise NotImplementedError()
