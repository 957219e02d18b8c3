# Misconception: the log likelihood itself is what a minimiser wants
# Hint: The sign is turned round: return the negative log likelihood.
def neg_log_lik_lnp(theta, X, y):
    drive = X @ theta
    return y @ drive - np.sum(np.exp(drive))
