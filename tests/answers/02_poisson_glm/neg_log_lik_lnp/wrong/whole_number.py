# Misconception: a number made of counts is whole
# Hint: Return the number as it is, with its decimals.
def neg_log_lik_lnp(theta, X, y):
    drive = X @ theta
    return int(np.sum(np.exp(drive)) - y @ drive)
