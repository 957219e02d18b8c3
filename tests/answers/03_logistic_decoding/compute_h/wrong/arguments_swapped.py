# Misconception: transform_inputs takes X first
# Hint: Your code raised ValueError
def compute_h(theta, X):
    return sigmoid(np.asarray(theta) @ np.asarray(X))
