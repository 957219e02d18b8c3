# Misconception: a limit on z does no harm
# Hint: keep h off 0 and 1
def logistic_loss(theta, X, y):
    z = np.clip(X @ theta, -5, 5)
    return np.sum(np.logaddexp(0, z)) - y @ z
