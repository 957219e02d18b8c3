# Misconception: the function may use the notebook's stim and spikes, whatever its arguments
# Hint: Use the arguments, not the notebook's data.
def predict_spike_counts_lnp(s, y, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    return np.exp(X @ theta)
