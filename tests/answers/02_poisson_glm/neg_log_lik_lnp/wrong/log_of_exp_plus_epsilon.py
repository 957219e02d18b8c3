# Misconception: a small number inside the logarithm makes it safe and changes nothing
# Hint: Do not take the logarithm of an exponential: log(exp(X theta)) is X theta.
def neg_log_lik_lnp(theta, X, y):
    rate = np.exp(X @ theta)
    return np.sum(rate) - np.sum(y * np.log(rate + 1e-12))
