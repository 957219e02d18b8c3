# Misconception: a negative log likelihood is positive.
# Hint: A negative log likelihood without log y! may be negative: return it as it is.
def neg_log_lik_lnp(theta, X, y):
    drive = X @ theta
    return abs(np.sum(np.exp(drive)) - y @ drive)
