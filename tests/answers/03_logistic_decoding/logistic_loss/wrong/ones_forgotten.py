# Misconception: only trials with y = 0 count
# Hint: The term of trials with y = 1 is missing.
def logistic_loss(theta, X, y):
    return np.logaddexp(0, X @ theta) @ (1 - y)
