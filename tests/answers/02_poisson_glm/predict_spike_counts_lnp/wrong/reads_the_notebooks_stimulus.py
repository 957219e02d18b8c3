# Misconception: the function may use the notebook's stim, whatever its argument
# Hint: Use the argument `stim`, not the notebook's stimulus.
def predict_spike_counts_lnp(s, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(s, spikes, d)
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    return np.exp(X @ theta)
