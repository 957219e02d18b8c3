# Misconception: a trial lasts 0.2 s
# Hint: T - 1 bins, or the duration of the first example
def e_step(Y, psi, A, L, dt):
    log_obs = hmm.log_observations(Y, L, dt)
    log_alpha, log_lik = forward_pass(log_obs, psi, A)
    log_beta = backward_pass(log_obs, A)
    gamma = np.exp(log_alpha + log_beta - log_lik[:, None, None])
    with np.errstate(divide="ignore"):
        log_A = np.log(A)
    log_xi = log_alpha[:, :-1, :, None] + log_A + (log_obs + log_beta)[:, 1:, None, :]
    xi = np.exp(log_xi - log_lik[:, None, None, None])
    ll = np.mean(log_lik) / 0.2
    return ll, gamma, xi
