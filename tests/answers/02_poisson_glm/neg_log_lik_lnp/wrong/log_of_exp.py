# Misconception: the logarithm of the rate has to be computed from the rate
# Hint: Do not take the logarithm of an exponential: log(exp(X theta)) is X theta.
def neg_log_lik_lnp(theta, X, y):
    rate = np.exp(X @ theta)
    return -(y @ np.log(rate) - np.sum(rate))
