# Misconception: the loss is one for each trial
# Hint: should have shape ()
def logistic_loss(theta, X, y):
    z = X @ theta
    return np.logaddexp(0, z) - y * z
