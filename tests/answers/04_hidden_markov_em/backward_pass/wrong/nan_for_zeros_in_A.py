# Misconception: minus infinity times zero is zero
# Hint: minus infinity times 0, or taken off itself, is NaN
def backward_pass(log_obs, A):
    log_A = np.log(A)
    log_beta = np.zeros(log_obs.shape)
    for t in range(log_obs.shape[1] - 2, -1, -1):
        a = log_A + (log_obs[:, t + 1] + log_beta[:, t + 1])[:, None, :]
        top = a.max(axis=2)
        log_beta[:, t] = top + np.log(np.sum(np.exp(a - top[:, :, None]), axis=2)) + 0 * log_A.sum(axis=1)
    return log_beta
