# Misconception: the argument is a scratch pad that may be overwritten
# Hint: Your function changed its input `X` in place.
def neg_log_lik_lnp(theta, X, y):
    X[:] = X * theta
    drive = X.sum(axis=1)
    return np.sum(np.exp(drive)) - y @ drive
