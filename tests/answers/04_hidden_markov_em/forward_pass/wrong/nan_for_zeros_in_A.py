# Misconception: a maximum can always be taken off
# Hint: minus infinity taken off itself is NaN
def forward_pass(log_obs, psi, A):
    log_A = np.log(A)
    log_alpha = np.zeros(log_obs.shape)
    log_alpha[:, 0] = np.log(psi) + log_obs[:, 0]
    for t in range(1, log_obs.shape[1]):
        a = log_alpha[:, t - 1, :, None] + log_A
        top = a.max(axis=1)
        log_alpha[:, t] = top + np.log(np.exp(a - top[:, None]).sum(axis=1)) + log_obs[:, t]
    last = log_alpha[:, -1].max(axis=1)
    return log_alpha, last + np.log(np.exp(log_alpha[:, -1] - last[:, None]).sum(axis=1))
