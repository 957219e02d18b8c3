# Misconception: beta is about states alone
# Hint: What the spikes of bin t + 1 say is missing
def backward_pass(log_obs, A):
    N, T, K = log_obs.shape
    with np.errstate(divide="ignore"):
        log_A = np.log(A)
    log_beta = np.zeros((N, T, K))
    for t in range(T - 2, -1, -1):
        ahead = log_beta[:, t + 1]
        log_beta[:, t] = np.logaddexp.reduce(log_A + ahead[:, None, :], axis=2)
    return log_beta
