# Misconception: exponents beyond 20 do not matter.
# Hint: Put no limit on probabilities and their logarithms
# Hidden: no state of the visible part gets its future from a change that is so unlikely.
def backward_pass(log_obs, A):
    log_beta = np.zeros(log_obs.shape)
    for t in range(log_obs.shape[1] - 2, -1, -1):
        ahead = log_obs[:, t + 1] + log_beta[:, t + 1]
        top = ahead.max(axis=1, keepdims=True)
        log_beta[:, t] = np.log(np.exp(np.clip(ahead - top, -20, 20)) @ np.transpose(A)) + top
    return log_beta
