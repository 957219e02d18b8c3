# Misconception: a theta of zeros is no theta
# Hint: Use the theta that is given, and fit only when it is None.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if not np.any(theta):
        theta = fit_lnp(stim, spikes, d)
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    return np.exp(X @ theta)
