# Misconception: as above, where the shapes agree
# Hint: Use the argument `X`, not the notebook's.
# Hidden: It reads the notebook's trials only where there are as many neurons, and small examples have fewer.
def transform_inputs(theta, inputs):
    return X @ theta if len(theta) == X.shape[1] else inputs @ theta
