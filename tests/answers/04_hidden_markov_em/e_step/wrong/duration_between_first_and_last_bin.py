# Misconception: T bins last T - 1 times dt
# Hint: T - 1 bins, or the duration of the first example
def e_step(Y, psi, A, L, dt):
    log_obs = hmm.log_observations(Y, L, dt)
    log_alpha, log_lik = forward_pass(log_obs, psi, A)
    log_beta = backward_pass(log_obs, A)
    gamma = np.exp(log_alpha + log_beta - log_lik[:, None, None])
    xi = log_alpha[:, :-1, :, None] + (log_obs + log_beta)[:, 1:, None, :] - log_lik[:, None, None, None]
    return np.mean(log_lik) / ((Y.shape[1] - 1) * dt), gamma, np.exp(xi) * A
