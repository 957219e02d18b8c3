# Misconception: a small number inside the logarithm makes it safe and changes nothing
# Hint: a small number that is added before a logarithm
def neg_log_lik_lnp(theta, X, y):
    rate = np.exp(X @ theta)
    return np.sum(rate) - np.sum(y * np.log(rate + 1e-12))
