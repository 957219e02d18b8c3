# Misconception: the argument is a scratch pad that may be overwritten
# Hint: Your function changed its input `theta` in place.
def neg_log_lik_lnp(theta, X, y):
    theta *= -1
    drive = X @ theta
    return np.sum(np.exp(-drive)) + y @ drive
