# Approach: the bias taken apart from the filter, and einsum
def neg_log_lik_lnp(theta, X, y):
    """Negative log likelihood; theta[0] is the bias."""
    log_rate = theta[0] + np.einsum("tj,j->t", X[:, 1:], theta[1:])
    return -(np.einsum("t,t", y, log_rate) - np.exp(log_rate).sum())
