# Misconception: the sigmoid belongs to this step
# Hint: Step 1 has no sigmoid yet
def transform_inputs(theta, X):
    return 1 / (1 + np.exp(-(X @ theta)))
