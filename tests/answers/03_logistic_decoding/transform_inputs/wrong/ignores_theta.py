# Misconception: all neurons count the same
# Hint: Use the argument theta: its weights matter.
def transform_inputs(theta, X):
    return X.sum(axis=1)
