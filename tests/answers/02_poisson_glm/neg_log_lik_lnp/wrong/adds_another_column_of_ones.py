# Misconception: X comes without its column of ones
# Hint: Your code raised ValueError: matmul: Input operand 1 has a mismatch
def neg_log_lik_lnp(theta, X, y):
    X = np.column_stack([np.ones(len(X)), X])
    drive = X @ theta
    return np.sum(np.exp(drive)) - y @ drive
