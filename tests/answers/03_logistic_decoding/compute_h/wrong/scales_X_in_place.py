# Misconception: inputs may be normalised in place
# Hint: Your function changed its input `X` in place.
def compute_h(theta, X):
    h = sigmoid(transform_inputs(theta, X))
    if X.dtype == float:
        X /= 2
    return h
