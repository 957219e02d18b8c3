# Misconception: the bias is no parameter
# Hint: Return all parameters, the bias included.
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    jac = lambda theta: X.T @ (np.exp(X @ theta) - spikes)
    theta = minimize(lambda theta: neg_log_lik_lnp(theta, X, spikes), np.zeros(d + 1), jac=jac).x
    return theta[1:]
