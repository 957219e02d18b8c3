# Misconception: theta @ X is the same if it runs
# Hint: Each row of X is a trial: you summed over the wrong axis.
def transform_inputs(theta, X):
    return theta @ X if X.shape[0] == X.shape[1] and X.shape[0] > 2 else X @ theta
