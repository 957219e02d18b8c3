# Misconception: log(1 + exp(z)) is safe
# Hint: Is there a logarithm of 0?
def logistic_loss(theta, X, y):
    z = X @ theta
    return np.sum(np.log(1 + np.exp(z))) - y @ z
