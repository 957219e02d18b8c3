# Misconception: the type of X is the type of h
# Hint: Your result holds integers and cuts off decimals
def compute_h(theta, X):
    return sigmoid(transform_inputs(theta, X)).astype(X.dtype) if X.dtype != float else sigmoid(transform_inputs(theta, X))
