# Misconception: range(T - 2, 0, -1) ends with bin 0.
# Hint: does your loop reach it
def backward_pass(log_obs, A):
    with np.errstate(divide="ignore"):
        log_A = np.log(A)
    log_beta = np.zeros(log_obs.shape)
    for t in range(log_obs.shape[1] - 2, 0, -1):
        ahead = log_obs[:, t + 1] + log_beta[:, t + 1]
        log_beta[:, t] = np.logaddexp.reduce(log_A + ahead[:, None, :], axis=2)
    return log_beta
