# Misconception: the log likelihood is the loss
# Hint: The sign is turned round
def logistic_loss(theta, X, y):
    z = X @ theta
    loss = np.logaddexp(0, z).sum() - y @ z
    return -loss
