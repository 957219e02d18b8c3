# Misconception: there are two bins
# Hint: look for something that holds only there
def backward_pass(log_obs, A):
    N, T, K = log_obs.shape
    with np.errstate(divide="ignore"):
        log_A = np.log(A)
    log_beta = np.zeros((N, T, K))
    for t in range(T - 2, T - 3, -1):
        ahead = log_obs[:, t + 1] + log_beta[:, t + 1]
        log_beta[:, t] = np.logaddexp.reduce(log_A + ahead[:, None, :], axis=2)
    return log_beta
