# Misconception: all neurons count the same
# Hint: Use the arguments alone
def transform_inputs(theta, X):
    return X.sum(axis=1)
