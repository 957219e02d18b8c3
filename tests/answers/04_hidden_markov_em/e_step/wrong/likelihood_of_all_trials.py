# Misconception: one likelihood divides all trials
# Hint: over the likelihood of the trial
def e_step(Y, psi, A, L, dt):
    log_obs = hmm.log_observations(Y, L, dt)
    log_alpha, log_lik = forward_pass(log_obs, psi, A)
    log_beta = backward_pass(log_obs, A)
    xi = np.exp(log_alpha[:, :-1, :, None] + (log_obs + log_beta)[:, 1:, None, :] - log_lik.mean()) * A
    return log_lik.mean() / (Y.shape[1] * dt), np.exp(log_alpha + log_beta - log_lik.mean()), xi
