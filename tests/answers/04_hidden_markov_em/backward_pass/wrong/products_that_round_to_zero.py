# Misconception: probabilities can be multiplied as they are
# Hint: A product of many small numbers rounds to zero
def backward_pass(log_obs, A):
    obs, beta = np.exp(log_obs), np.ones(log_obs.shape)
    for t in range(log_obs.shape[1] - 2, -1, -1):
        beta[:, t] = (obs[:, t + 1] * beta[:, t + 1]) @ A.T
    with np.errstate(divide="ignore"):
        return np.log(beta)
