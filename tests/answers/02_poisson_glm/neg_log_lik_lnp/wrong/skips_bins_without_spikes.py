# Misconception: bins without spikes add nothing.
# Hint: Bins without spikes count, too: their exponential belongs in the sum.
def neg_log_lik_lnp(theta, X, y):
    drive, some = X @ theta, np.asarray(y) > 0
    return np.sum(np.exp(drive[some])) - y @ drive
