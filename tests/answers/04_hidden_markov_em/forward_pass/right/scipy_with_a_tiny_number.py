# Approach: scipy's logsumexp, trial by trial; zeros become 1e-300
from scipy.special import logsumexp


def forward_pass(log_obs, psi, A):
    log_A, log_psi = np.log(np.asarray(A) + 1e-300), np.log(np.asarray(psi) + 1e-300)
    alphas = []
    for obs in log_obs:
        alpha = [log_psi + obs[0]]
        for o in obs[1:]:
            alpha.append(logsumexp(alpha[-1][:, None] + log_A, axis=0) + o)
        alphas.append(alpha)
    alphas = np.array(alphas)
    return alphas, logsumexp(alphas[:, -1], axis=1)
