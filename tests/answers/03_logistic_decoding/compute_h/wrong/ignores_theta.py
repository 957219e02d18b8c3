# Misconception: all neurons count the same
# Hint: Use the argument theta: its weights matter.
def compute_h(theta, X):
    return sigmoid(transform_inputs(np.ones(X.shape[1]), X))
