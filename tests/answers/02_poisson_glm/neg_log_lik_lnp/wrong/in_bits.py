# Misconception: likelihoods are measured in bits here too
# Hint: Use natural logarithms: e, not 2, is the base.
def neg_log_lik_lnp(theta, X, y):
    drive = X @ theta
    return (np.sum(np.exp(drive)) - y @ drive) / np.log(2)
