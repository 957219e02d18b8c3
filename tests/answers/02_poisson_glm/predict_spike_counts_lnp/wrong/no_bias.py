# Misconception: only the filter predicts
# Hint: The bias is missing: put ones in front of the design matrix.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    return np.exp(make_design_matrix(stim, d) @ theta[1:])
