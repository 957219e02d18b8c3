# Misconception: squash the rates, then weigh them
# Hint: use the arguments alone
def compute_h(theta, X):
    return transform_inputs(theta, sigmoid(X))
