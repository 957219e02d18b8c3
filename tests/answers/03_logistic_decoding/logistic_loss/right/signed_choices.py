# Approach: choices as -1 and 1
def logistic_loss(theta, X, y):
    return np.logaddexp(0, -(2 * y - 1) * (X @ theta)).sum()
