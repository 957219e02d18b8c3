# Misconception: the loss is a whole number
# Hint: is not right
def logistic_loss(theta, X, y):
    z = X @ theta
    loss = np.logaddexp(0, z).sum() - y @ z
    return int(loss)
