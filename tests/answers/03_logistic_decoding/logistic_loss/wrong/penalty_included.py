# Misconception: a loss has a penalty
# Hint: No penalty here
def logistic_loss(theta, X, y):
    z = X @ theta
    loss = np.logaddexp(0, z).sum() - y @ z
    return loss + theta @ theta
