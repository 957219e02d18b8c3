# Misconception: one largest value can be taken off all of log_obs.
# Hint: in each bin of each trial take the largest value off log_obs first
def forward_pass(log_obs, psi, A):
    top = np.max(log_obs)
    weights = np.exp(log_obs - top)
    N, T, K = weights.shape
    scaled, factors = np.zeros((N, T, K)), np.zeros((N, T))
    for t in range(T):
        here = (psi if t == 0 else scaled[:, t - 1] @ A) * weights[:, t]
        factors[:, t] = here.sum(axis=1)
        scaled[:, t] = here / factors[:, t, None]
    so_far = np.cumsum(np.log(factors) + top, axis=1)
    with np.errstate(divide="ignore"):
        return np.log(scaled) + so_far[..., None], so_far[:, -1]
