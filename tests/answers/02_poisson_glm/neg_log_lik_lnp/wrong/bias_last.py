# Misconception: the bias is the last parameter
# Hint: Use theta in the order it comes in: X begins with the ones.
def neg_log_lik_lnp(theta, X, y):
    drive = X[:, 1:] @ theta[:-1] + theta[-1]
    return np.sum(np.exp(drive)) - y @ drive
