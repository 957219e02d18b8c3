# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def compute_NLL(k, x, y):
    # YOUR CODE HERE
    raise NotImplementedError()
