# Misconception: the visible example with its one lag is the whole task
# Hint: It should be exp(X theta), with a column of ones in front of the d lags.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    return np.exp(theta[0] + theta[1] * stim)
