# Misconception: one largest value can be taken off all of log_obs.
# Hint: in each bin of each trial take the largest value off log_obs first
def backward_pass(log_obs, A):
    top = np.max(log_obs)
    weights = np.exp(log_obs - top)
    log_beta, scaled = np.zeros(weights.shape), np.ones(weights[:, 0].shape)
    so_far = np.zeros(len(weights))
    for t in range(weights.shape[1] - 2, -1, -1):
        scaled = (weights[:, t + 1] * scaled) @ np.transpose(A)
        factor = scaled.max(axis=1)
        scaled, so_far = scaled / factor[:, None], so_far + np.log(factor) + top
        with np.errstate(divide="ignore"):
            log_beta[:, t] = np.log(scaled) + so_far[:, None]
    return log_beta
