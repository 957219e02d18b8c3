# Misconception: h is the decision
# Hint: Return probabilities, not decisions.
def compute_h(theta, X):
    return sigmoid(transform_inputs(theta, X)) >= 0.5
