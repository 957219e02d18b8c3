# Misconception: A[i, j] leads from j to i
# Hint: sum over the second index of A, the state after
def backward_pass(log_obs, A):
    N, T, K = log_obs.shape
    with np.errstate(divide="ignore"):
        log_A = np.log(A)
    log_beta = np.zeros((N, T, K))
    for t in range(T - 2, -1, -1):
        ahead = log_obs[:, t + 1] + log_beta[:, t + 1]
        log_beta[:, t] = np.logaddexp.reduce(log_A.T + ahead[:, None, :], axis=2)
    return log_beta
