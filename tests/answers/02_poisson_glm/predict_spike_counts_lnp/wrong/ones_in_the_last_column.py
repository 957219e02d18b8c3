# Misconception: the column of ones may stand at the end
# Hint: The bias is the first entry of theta, so the ones are the first column.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    X = np.column_stack([make_design_matrix(stim, d), np.ones(len(stim))])
    return np.exp(X @ theta)
