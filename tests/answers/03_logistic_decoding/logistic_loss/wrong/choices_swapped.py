# Misconception: ln h belongs to y = 0
# Hint: The choices are swapped
def logistic_loss(theta, X, y):
    z = -(X @ theta)
    return np.logaddexp(0, z).sum() - y @ z
