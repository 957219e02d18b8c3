# Misconception: there is one array of spikes, the notebook's
# Hint: Use the argument `spikes`, not the notebook's spikes.
def fit_lnp(stim, counts, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    jac = lambda theta: X.T @ (np.exp(X @ theta) - spikes)
    return minimize(lambda theta: neg_log_lik_lnp(theta, X, spikes), np.zeros(d + 1), jac=jac).x
