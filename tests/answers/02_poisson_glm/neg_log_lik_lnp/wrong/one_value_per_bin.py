# Misconception: each bin has its own loss
# Hint: Return one number
def neg_log_lik_lnp(theta, X, y):
    drive = X @ theta
    return np.exp(drive) - y * drive
