# Misconception: the term log y! belongs to the number to minimise
# Hint: Leave out the term log y!: it does not depend on theta.
from scipy.special import gammaln


def neg_log_lik_lnp(theta, X, y):
    drive = X @ theta
    return np.sum(np.exp(drive) - y * drive + gammaln(y + 1))
