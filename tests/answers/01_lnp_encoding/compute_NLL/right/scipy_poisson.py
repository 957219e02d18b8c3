# Approach: the log probability of SciPy, less what does not depend on k
def compute_NLL(k, x, y):
    from scipy.special import gammaln, xlogy

    drive = np.asarray(x, float) @ k
    logpmf = np.asarray(y) * drive - np.exp(drive) - gammaln(np.asarray(y) + 1)
    return -np.sum(logpmf + gammaln(np.asarray(y) + 1))
