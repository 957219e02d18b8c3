# Misconception: the matrix has as many columns as theta has filter weights, whatever is asked for
# Hint: pass `d` on, since make_design_matrix(stim) alone takes 25 lags.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim)])
    return np.exp(X @ theta)
