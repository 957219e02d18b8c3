# Misconception: what was computed once need not be computed again
# Hint: look for something that holds only there
# Hidden: It keeps a result for each shape, and the examples differ in shape.
_sums = {}


def transform_inputs(theta, X):
    return _sums.setdefault(np.shape(X), X @ theta)
