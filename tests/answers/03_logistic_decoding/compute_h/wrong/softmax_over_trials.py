# Misconception: probabilities add up to 1
# Hint: use the arguments alone
def compute_h(theta, X):
    h = sigmoid(transform_inputs(theta, X))
    return h / h.sum()
