# Misconception: a predicted count has to be a whole number
# Hint: Return expected counts as they are, without rounding.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    return np.round(np.exp(X @ theta))
