# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def make_design_matrix(stim, d=25):
    # YOUR CODE HERE
    raise NotImplementedError()
