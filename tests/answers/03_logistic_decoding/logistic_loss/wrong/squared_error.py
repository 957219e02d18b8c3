# Misconception: an error is an error
# Hint: This is the squared error
def logistic_loss(theta, X, y):
    return np.sum((y - compute_h(theta, X)) ** 2)
