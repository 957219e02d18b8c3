# Misconception: the loss is a whole number
# Hint: Your result is cut off to a whole number.
def logistic_loss(theta, X, y):
    z = X @ theta
    loss = np.logaddexp(0, z).sum() - y @ z
    return int(loss)
