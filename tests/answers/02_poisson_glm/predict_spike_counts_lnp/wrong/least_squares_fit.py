# Misconception: least squares gives the parameters of the Poisson model
# Hint: Without theta, fit it first, with the same number of lags.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    if theta is None:
        theta = np.linalg.lstsq(X, spikes, rcond=None)[0]
    return np.exp(X @ theta)
