# Misconception: fit_lnp wants the design matrix, because it needs one
# Hint: make_design_matrix and fit_lnp want the stimulus (T,) itself, not a matrix.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    if theta is None:
        theta = fit_lnp(X, spikes, d)
    return np.exp(X @ theta)
