# Misconception: the example is the exercise
# Hint: should have shape
def transform_inputs(theta, X):
    return np.array([2, -1, 3])
