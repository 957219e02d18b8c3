# Approach: one sum over bins of both terms
def neg_log_lik_lnp(theta, X, y):
    return (np.exp(X @ theta) - y * (X @ theta)).sum()
