# Approach: trial by trial with the earlier functions, a list
def compute_h(theta, X):
    return [float(sigmoid(transform_inputs(theta, row[None, :])[0])) for row in X]
