# Misconception: exponents beyond 20 do not matter.
# Hint: Put no limit on probabilities and their logarithms
# Hidden: in the visible part the states that this touches do not matter for the likelihood.
def forward_pass(log_obs, psi, A):
    N, T, K = log_obs.shape
    top = log_obs.max(axis=2)
    obs = np.exp(np.clip(log_obs - top[:, :, None], -20, 20))
    alpha, c = np.zeros((N, T, K)), np.zeros((N, T))
    for t in range(T):
        a = psi * obs[:, 0] if t == 0 else (alpha[:, t - 1] @ A) * obs[:, t]
        c[:, t] = a.sum(axis=1)
        alpha[:, t] = a / c[:, t, None]
    log_c = np.cumsum(np.log(c) + top, axis=1)
    with np.errstate(divide="ignore"):
        return np.log(alpha) + log_c[:, :, None], log_c[:, -1]
