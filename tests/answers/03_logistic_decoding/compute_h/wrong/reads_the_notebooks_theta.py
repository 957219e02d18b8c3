# Misconception: theta means the notebook's weights
# Hint: Use the argument `theta`, not the notebook's.
def compute_h(weights, X):
    return sigmoid(transform_inputs(theta if X.shape[1] == len(theta) else weights, X))
