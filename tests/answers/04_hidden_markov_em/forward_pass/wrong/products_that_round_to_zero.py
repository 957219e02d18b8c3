# Misconception: probabilities can be multiplied as they are
# Hint: A product of many small numbers rounds to zero
def forward_pass(log_obs, psi, A):
    obs = np.exp(log_obs)
    alpha = np.zeros(log_obs.shape)
    alpha[:, 0] = psi * obs[:, 0]
    for t in range(1, log_obs.shape[1]):
        alpha[:, t] = (alpha[:, t - 1] @ A) * obs[:, t]
    return np.log(alpha), np.log(alpha[:, -1].sum(axis=1))
