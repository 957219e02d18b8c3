# Misconception: no probability may be below a thousandth.
# Hint: that no probability is 0
def backward_pass(log_obs, A):
    log_A = np.log(np.maximum(A, 1e-3))
    log_beta = np.zeros(log_obs.shape)
    for t in range(log_obs.shape[1] - 2, -1, -1):
        ahead = log_obs[:, t + 1] + log_beta[:, t + 1]
        log_beta[:, t] = np.logaddexp.reduce(log_A + ahead[:, None, :], axis=2)
    return log_beta
