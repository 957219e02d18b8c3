# Misconception: as above, where the shapes agree
# Hint: Use the argument `X`, not the notebook's.
def transform_inputs(theta, inputs):
    return X @ theta if len(theta) == X.shape[1] else inputs @ theta
