# Misconception: a Poisson model predicts by throwing dice
# Hint: After light it is exp(0.5 + 1), after dark exp(0.5 - 1).
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    return np.random.default_rng(0).poisson(np.exp(X @ theta))
