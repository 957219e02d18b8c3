# Misconception: algebra wants the parameters as a column, and so does the caller
# Hint: should have shape (3,), got (3, 1).
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    return np.exp(X @ np.reshape(theta, (-1, 1)))
