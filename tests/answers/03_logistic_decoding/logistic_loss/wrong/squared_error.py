# Misconception: an error is an error
# Hint: use the arguments alone
def logistic_loss(theta, X, y):
    return np.sum((y - compute_h(theta, X)) ** 2)
