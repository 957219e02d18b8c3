# Misconception: only trials with y = 1 count
# Hint: The term of trials with y = 0 is missing.
def logistic_loss(theta, X, y):
    return np.logaddexp(0, -(X @ theta)) @ y
