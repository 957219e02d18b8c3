# Misconception: probabilities add up to 1
# Hint: Probabilities of trials need not add up to 1
def compute_h(theta, X):
    h = sigmoid(transform_inputs(theta, X))
    return h / h.sum()
