# Misconception: there are two neurons, as in the example
# Hint: Use all neurons, not the first two.
def transform_inputs(theta, X):
    return theta[0] * X[:, 0] + (theta[1] * X[:, 1] if len(theta) > 1 else 0)
