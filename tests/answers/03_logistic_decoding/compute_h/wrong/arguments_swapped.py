# Misconception: transform_inputs takes X first
# Hint: you summed over the wrong axis.
def compute_h(theta, X):
    return sigmoid(np.asarray(theta) @ np.asarray(X))
