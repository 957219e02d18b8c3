# Approach: takes the maximum off and normalises instead of dividing by the likelihood
def e_step(Y, psi, A, L, dt):
    log_obs = hmm.log_observations(Y, L, dt)
    log_alpha, log_lik = forward_pass(log_obs, psi, A)
    log_beta = backward_pass(log_obs, A)
    top = lambda a: np.exp(a - a.max(axis=2, keepdims=True))
    gamma = top(log_alpha + log_beta)
    gamma /= gamma.sum(axis=2, keepdims=True)
    xi = np.einsum("nti,ij,ntj->ntij", top(log_alpha)[:, :-1], A, top(log_obs + log_beta)[:, 1:])
    xi /= xi.sum(axis=(2, 3), keepdims=True)
    return [log_lik.mean() / (len(Y[0]) * dt), gamma, xi]
