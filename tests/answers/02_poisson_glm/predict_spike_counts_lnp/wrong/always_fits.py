# Misconception: a prediction is always made with freshly fitted parameters
# Hint: Use the theta that is given, and fit only when it is None.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    theta = fit_lnp(stim, spikes, d)
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    return np.exp(X @ theta)
