# Misconception: L may be turned into expected counts in place
# Hint: Your function changed its input `L` in place.
def e_step(Y, psi, A, L, dt):
    L[:] = L * dt
    log_obs = hmm.log_observations(Y, L, 1)
    log_alpha, log_lik = forward_pass(log_obs, psi, A)
    log_beta = backward_pass(log_obs, A)
    gamma = np.exp(log_alpha + log_beta - log_lik[:, None, None])
    with np.errstate(divide="ignore"):
        log_A = np.log(A)
    log_xi = log_alpha[:, :-1, :, None] + log_A + (log_obs + log_beta)[:, 1:, None, :]
    xi = np.exp(log_xi - log_lik[:, None, None, None])
    return np.mean(log_lik) / (Y.shape[1] * dt), gamma, xi
