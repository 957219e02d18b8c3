# Misconception: the nonlinearity is a sigmoid, as in a classifier
# Hint: After light it is exp(0.5 + 1), after dark exp(0.5 - 1).
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    return 1 / (1 + np.exp(-X @ theta))
