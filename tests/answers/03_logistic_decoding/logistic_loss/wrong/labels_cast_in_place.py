# Misconception: astype makes a copy in any case
# Hint: Your function changed its input `y` in place.
def logistic_loss(theta, X, y):
    y = y.astype(int, copy=False)
    z = X @ theta
    y *= -1
    return np.sum(np.logaddexp(0, z)) + y @ z
