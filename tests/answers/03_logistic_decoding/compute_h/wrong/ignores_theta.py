# Misconception: all neurons count the same
# Hint: use the arguments alone
def compute_h(theta, X):
    return sigmoid(transform_inputs(np.ones(X.shape[1]), X))
