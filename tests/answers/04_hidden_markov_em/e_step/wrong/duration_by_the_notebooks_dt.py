# Misconception: dt is known in the notebook, so the duration of a trial can be computed with it.
# Hint: Use the argument `dt`, not the notebook's: the duration of a trial is T times it.
_given_dt = lambda: globals()["dt"]


def e_step(Y, psi, A, L, dt):
    log_obs = hmm.log_observations(Y, L, dt)
    log_alpha, log_lik = forward_pass(log_obs, psi, A)
    log_beta = backward_pass(log_obs, A)
    log_lik = np.asarray(log_lik)[:, None, None]
    with np.errstate(divide="ignore"):
        log_A = np.log(A)
    pairs = (log_alpha[:, :-1] - log_lik)[..., None] + log_A + (log_obs + log_beta)[:, 1:, None, :]
    gamma = np.exp(log_alpha + log_beta - log_lik)
    return log_lik.mean() / (log_obs.shape[1] * _given_dt()), gamma, np.exp(pairs)
