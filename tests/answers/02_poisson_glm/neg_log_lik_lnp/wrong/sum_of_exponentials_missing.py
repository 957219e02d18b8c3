# Misconception: only the bins with spikes count
# Hint: The sum of exponentials is missing
def neg_log_lik_lnp(theta, X, y):
    return -(y @ (X @ theta))
