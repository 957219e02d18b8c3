# Misconception: the weighted sum is a probability
# Hint: The sigmoid is missing
def compute_h(theta, X):
    return transform_inputs(theta, X)
