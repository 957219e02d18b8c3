# Approach: scipy's logsumexp with A as weights
from scipy.special import logsumexp


def backward_pass(log_obs, A):
    """With the argument b of logsumexp no logarithm of A is needed."""
    beta = [np.zeros(log_obs[:, 0].shape)]
    for t in range(log_obs.shape[1] - 1, 0, -1):
        beta.append(logsumexp((log_obs[:, t] + beta[-1])[:, None, :], b=A, axis=2))
    print("backward", log_obs.shape)
    return np.stack(beta[::-1], axis=1)
