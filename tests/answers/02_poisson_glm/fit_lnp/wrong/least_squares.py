# Misconception: the Poisson model is fitted by least squares too
# Hint: This is least squares. Minimise the negative log likelihood instead.
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    return np.linalg.lstsq(X, spikes, rcond=None)[0]
