# Misconception: h is never exactly 0 or 1
# Hint: Is there a logarithm of 0?
def logistic_loss(theta, X, y):
    h = compute_h(theta, X)
    return -np.sum(y * np.log(h) + (1 - y) * np.log(1 - h))
