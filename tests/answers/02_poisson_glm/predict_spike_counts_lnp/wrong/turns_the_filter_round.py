# Misconception: np.convolve needs the filter as it stands (it turns it round)
# Hint: Lags run from the oldest to now: use the design matrix as it is.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    drive = np.convolve(stim, theta[1:])[:len(stim)]
    return np.exp(theta[0] + drive)
