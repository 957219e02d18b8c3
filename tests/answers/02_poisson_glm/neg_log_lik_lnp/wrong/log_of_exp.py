# Misconception: the logarithm of the rate has to be computed from the rate
# Hint: log(exp(X theta)) is X theta itself.
def neg_log_lik_lnp(theta, X, y):
    rate = np.exp(X @ theta)
    return -(y @ np.log(rate) - np.sum(rate))
