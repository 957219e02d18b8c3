# Misconception: there is one array of spikes, the notebook's
# Hint: Use the argument `y`, not the notebook's spikes.
def neg_log_lik_lnp(theta, X, y):
    drive = X @ theta
    return np.sum(np.exp(drive)) - spikes @ drive
