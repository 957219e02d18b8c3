# Misconception: evidence has a limit
# Hint: however large it is.
def transform_inputs(theta, X):
    return np.clip(X @ theta, -20, 20)
