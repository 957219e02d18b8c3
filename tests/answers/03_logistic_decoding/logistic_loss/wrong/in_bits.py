# Misconception: any base will do
# Hint: Use natural logarithms.
def logistic_loss(theta, X, y):
    z = X @ theta
    loss = np.logaddexp(0, z).sum() - y @ z
    return loss / np.log(2)
