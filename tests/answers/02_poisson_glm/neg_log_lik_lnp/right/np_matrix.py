# Approach: np.matrix algebra, a plain float at the end
def neg_log_lik_lnp(theta, X, y):
    eta = np.asmatrix(X) * np.asmatrix(theta).T
    return float(np.exp(eta).sum() - (np.asmatrix(y) * eta)[0, 0])
