# Misconception: squash the rates, then weigh them
# Hint: Weigh the rates first, and then take the sigmoid of the sums.
def compute_h(theta, X):
    return transform_inputs(theta, sigmoid(X))
