# Misconception: a column is a vector
# Hint: use the arguments alone
def compute_h(theta, X):
    return sigmoid(transform_inputs(theta, X))[:, None]
