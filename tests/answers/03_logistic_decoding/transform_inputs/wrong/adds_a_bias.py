# Misconception: every model has a bias of 1
# Hint: Add no bias
def transform_inputs(theta, X):
    return X @ theta + 1
