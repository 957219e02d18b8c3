# Misconception: the input may be used as scratch paper
# Hint: Your function changed its input `X` in place.
def transform_inputs(theta, X):
    if X.dtype == float:
        X *= theta
        return X.sum(axis=1)
    return X @ theta
