# Misconception: rescaling helps against everything
# Hint: exp(-800) rounds to zero
def forward_pass(log_obs, psi, A):
    obs = np.exp(log_obs)
    alpha, log_c = np.zeros(log_obs.shape), np.zeros(log_obs.shape[:2])
    for t in range(log_obs.shape[1]):
        a = (psi if t == 0 else alpha[:, t - 1] @ A) * obs[:, t]
        log_c[:, t] = np.log(a.sum(axis=1))
        alpha[:, t] = a / a.sum(axis=1)[:, None]
    total = np.cumsum(log_c, axis=1)
    return np.log(alpha) + total[:, :, None], total[:, -1]
