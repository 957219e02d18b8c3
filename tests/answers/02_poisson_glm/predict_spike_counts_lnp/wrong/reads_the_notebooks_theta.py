# Misconception: the parameters of the notebook are the default
# Hint: Without theta, fit it to the arguments; do not use the notebook's.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = theta_lnp
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    return np.exp(X @ theta)
