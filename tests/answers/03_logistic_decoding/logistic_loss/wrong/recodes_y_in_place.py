# Misconception: y may be recoded in place
# Hint: Your function changed its input `y` in place.
def logistic_loss(theta, X, y):
    z = X @ theta
    s = 2 * y - 1
    y *= 2
    y -= 1
    return np.logaddexp(0, -s * z).sum()
