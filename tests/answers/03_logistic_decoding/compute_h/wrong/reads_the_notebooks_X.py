# Misconception: X means the notebook's trials
# Hint: Use the argument `X`, not the notebook's.
def compute_h(theta, inputs):
    return sigmoid(transform_inputs(theta, X if X.shape[1] == len(theta) else inputs))
