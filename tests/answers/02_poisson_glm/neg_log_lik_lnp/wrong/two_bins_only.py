# Misconception: the two bins of the worked example are the whole task
# Hint: Every bin counts, however many there are.
def neg_log_lik_lnp(theta, X, y):
    first = theta[0] * X[0, 0] + theta[1] * X[0, 1]
    second = theta[0] * X[1, 0] + theta[1] * X[1, 1]
    return np.exp(first) + np.exp(second) - (y[0] * first + y[1] * second)
