# Misconception: the minus in front of the bracket holds for its first term only
# Hint: The two terms need opposite signs.
def neg_log_lik_lnp(theta, X, y):
    drive = X @ theta
    return np.sum(np.exp(drive)) + y @ drive
