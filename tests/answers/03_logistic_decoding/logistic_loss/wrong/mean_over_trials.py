# Misconception: the mean is the sum
# Hint: Return the sum over trials, not the mean.
def logistic_loss(theta, X, y):
    z = X @ theta
    loss = np.logaddexp(0, z).sum() - y @ z
    return loss / len(y)
