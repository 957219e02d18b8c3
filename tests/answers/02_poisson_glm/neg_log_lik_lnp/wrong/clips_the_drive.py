# Misconception: X theta has to be limited, or else the exponential breaks
# Hint: Look for a limit
def neg_log_lik_lnp(theta, X, y):
    drive = np.clip(X @ theta, -50, 50)
    return np.sum(np.exp(drive)) - y @ drive
