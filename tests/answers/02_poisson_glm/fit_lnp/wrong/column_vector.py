# Misconception: algebra wants the parameters as a column, and so does the caller
# Hint: should have shape (2,), got (2, 1).
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    jac = lambda theta: X.T @ (np.exp(X @ theta) - spikes)
    fit = minimize(lambda theta: neg_log_lik_lnp(theta, X, spikes), np.zeros(d + 1), jac=jac)
    return fit.x[:, None]
