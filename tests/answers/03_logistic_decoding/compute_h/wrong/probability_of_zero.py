# Misconception: h is the probability of choice 0
# Hint: These are probabilities of choice 0.
def compute_h(theta, X):
    return 1 - sigmoid(transform_inputs(theta, X))
