# Misconception: no bin can hold more than a hundred spikes.
# Hint: the exponential as it is, without limits.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    return np.minimum(np.exp(X @ theta), 100)
