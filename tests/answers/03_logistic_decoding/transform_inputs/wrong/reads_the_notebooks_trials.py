# Misconception: X means the notebook's trials
# Hint: use the arguments alone
def transform_inputs(theta, X):
    return globals()['X'][: len(X), : len(theta)] @ theta
