# Misconception: the example is the exercise
# Hint: Weigh each column of X with its theta
def transform_inputs(theta, X):
    return np.array([2, -1, 3])
