# Approach: its own design matrix and its own Newton iteration when there is no theta
def features(stim, d):
    padded = np.r_[np.zeros(d - 1), stim]
    return np.array([np.r_[1, padded[t:t + d]] for t in range(len(stim))])


def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    M = features(stim, d)
    if theta is None:
        theta = np.zeros(d + 1)
        theta[0] = np.log(np.mean(spikes))
        for _ in range(30):
            rate = np.exp(M @ theta)
            theta = theta - np.linalg.solve((M.T * rate) @ M, M.T @ (rate - spikes))
    return np.exp(M @ theta)
