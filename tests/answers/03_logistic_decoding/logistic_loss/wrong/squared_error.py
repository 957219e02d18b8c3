# Misconception: an error is an error
# Hint: Compare your terms with the worked example.
def logistic_loss(theta, X, y):
    return np.sum((y - compute_h(theta, X)) ** 2)
