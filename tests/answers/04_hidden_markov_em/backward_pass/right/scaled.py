# Approach: rescales beta in each bin and adds the logarithms up
def backward_pass(log_obs, A):
    N, T, K = log_obs.shape
    log_beta, beta, shift = np.zeros((N, T, K)), np.ones((N, K)), np.zeros((N, 1))
    for t in reversed(range(T - 1)):
        top = log_obs[:, t + 1].max(axis=1, keepdims=True)
        beta = (np.exp(log_obs[:, t + 1] - top) * beta) @ np.transpose(A)
        size = beta.sum(axis=1, keepdims=True)
        beta, shift = beta / size, shift + top + np.log(size)
        log_beta[:, t] = np.log(beta) + shift
    return log_beta
