# Misconception: X means the notebook's trials
# Hint: Use the argument `X`, not the notebook's.
# Hidden: It reads the notebook's trials only where there are as many neurons, and small examples have fewer.
def compute_h(theta, inputs):
    return sigmoid(transform_inputs(theta, X if X.shape[1] == len(theta) else inputs))
