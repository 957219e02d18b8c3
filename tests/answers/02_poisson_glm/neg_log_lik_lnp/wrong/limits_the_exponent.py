# Misconception: a limit on the exponent keeps the sum finite and changes nothing else.
# Hint: Use exp(X theta) as it is: do not limit X theta, or the exponential.
def neg_log_lik_lnp(theta, X, y):
    drive = X @ theta
    return np.sum(np.exp(np.minimum(drive, 20))) - y @ drive
