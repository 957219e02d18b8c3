# Misconception: two decimals are enough
# Hint: Return probabilities as they are, without rounding.
def compute_h(theta, X):
    return np.round(sigmoid(transform_inputs(theta, X)), 2)
