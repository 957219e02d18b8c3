# Misconception: the mean is a weighted sum
# Hint: Sum over neurons; this is the mean.
def transform_inputs(theta, X):
    return (X * theta).mean(axis=1)
