# Misconception: no probability may be below a thousandth.
# Hint: that no probability is 0
def forward_pass(log_obs, psi, A):
    log_psi, log_A = np.log(np.maximum(psi, 1e-3)), np.log(np.maximum(A, 1e-3))
    log_alpha = np.zeros(log_obs.shape)
    log_alpha[:, 0] = log_psi + log_obs[:, 0]
    for t in range(1, log_obs.shape[1]):
        came = np.logaddexp.reduce(log_alpha[:, t - 1, :, None] + log_A, axis=1)
        log_alpha[:, t] = came + log_obs[:, t]
    return log_alpha, np.logaddexp.reduce(log_alpha[:, -1], axis=1)
