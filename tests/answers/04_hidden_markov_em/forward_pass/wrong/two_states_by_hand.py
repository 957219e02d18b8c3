# Misconception: there are two states
# Hint: look for something that holds only there
def forward_pass(log_obs, psi, A):
    N, T, K = log_obs.shape
    with np.errstate(divide="ignore"):
        log_psi, log_A = np.log(psi), np.log(A)
    log_alpha = np.zeros((N, T, K))
    log_alpha[:, 0] = log_psi + log_obs[:, 0]
    for t in range(1, T):
        came = np.logaddexp(log_alpha[:, t - 1, :1] + log_A[0], log_alpha[:, t - 1, 1:2] + log_A[1])
        log_alpha[:, t] = came + log_obs[:, t]
    return log_alpha, np.logaddexp.reduce(log_alpha[:, -1], axis=1)
