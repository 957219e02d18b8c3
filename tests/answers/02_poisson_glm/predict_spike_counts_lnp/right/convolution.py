# Approach: np.convolve with the filter turned round instead of a design matrix
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    """Expected counts by convolution."""
    theta = fit_lnp(stim, spikes, d) if theta is None else np.asarray(theta, dtype=float)
    drive = np.convolve(stim, theta[:0:-1])[: len(stim)]
    return np.exp(theta[0] + drive)
