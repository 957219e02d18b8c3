# Misconception: a matrix that holds one number is a number
# Hint: should have shape (), got (1, 1).
def neg_log_lik_lnp(theta, X, y):
    drive = X @ theta.reshape(-1, 1)
    return np.sum(np.exp(drive)) - y.reshape(1, -1) @ drive
