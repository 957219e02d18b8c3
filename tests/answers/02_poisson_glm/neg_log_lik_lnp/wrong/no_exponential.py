# Misconception: the rate is X theta itself
# Hint: The sum of exponentials is missing
def neg_log_lik_lnp(theta, X, y):
    drive = X @ theta
    return np.sum(drive) - y @ drive
