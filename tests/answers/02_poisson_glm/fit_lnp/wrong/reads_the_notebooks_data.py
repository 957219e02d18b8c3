# Misconception: the function may use the notebook's stim and spikes, whatever its arguments
# Hint: Use the arguments, not the notebook's data.
def fit_lnp(s, y, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    jac = lambda theta: X.T @ (np.exp(X @ theta) - spikes)
    return minimize(lambda theta: neg_log_lik_lnp(theta, X, spikes), np.zeros(d + 1), jac=jac).x
