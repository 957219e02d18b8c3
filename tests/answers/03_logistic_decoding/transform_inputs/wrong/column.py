# Misconception: a column is a vector
# Hint: Return shape (n,): one number for each trial, not a column.
def transform_inputs(theta, X):
    return (X @ theta)[:, None]
