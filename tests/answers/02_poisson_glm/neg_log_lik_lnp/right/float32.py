# Approach: single precision, and X'y computed first
def neg_log_lik_lnp(theta, X, y):
    theta, X, y = (np.asarray(a, dtype=np.float32) for a in (theta, X, y))
    return np.sum(np.exp(np.dot(X, theta))) - np.dot(np.dot(X.T, y), theta)
