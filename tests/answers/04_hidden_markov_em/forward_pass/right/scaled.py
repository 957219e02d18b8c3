# Approach: rescales alpha in each bin and adds the logarithms up
def forward_pass(log_obs, psi, A):
    N, T, K = log_obs.shape
    top = log_obs.max(axis=2)
    obs = np.exp(log_obs - top[:, :, None])
    alpha, c = np.zeros((N, T, K)), np.zeros((N, T))
    for t in range(T):
        a = psi * obs[:, 0] if t == 0 else (alpha[:, t - 1] @ A) * obs[:, t]
        c[:, t] = a.sum(axis=1)
        alpha[:, t] = a / c[:, t, None]
    log_c = np.cumsum(np.log(c) + top, axis=1)
    return np.log(alpha) + log_c[:, :, None], log_c[:, -1]
