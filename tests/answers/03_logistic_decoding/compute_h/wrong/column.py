# Misconception: a column is a vector
# Hint: Return shape (n,): one probability for each trial, not a column.
def compute_h(theta, X):
    return sigmoid(transform_inputs(theta, X))[:, None]
