# Approach: the bias added apart from the filter
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d=d)
    bias, k = theta[0], theta[1:]
    return np.exp(bias + make_design_matrix(stim, d) @ k)
