# Misconception: a loss is a mean
# Hint: Return the sum over bins, not the mean.
def neg_log_lik_lnp(theta, X, y):
    drive = X @ theta
    return np.mean(np.exp(drive) - y * drive)
