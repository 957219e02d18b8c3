# Misconception: the argument is a scratch pad that may be overwritten
# Hint: Your function changed its input `stim` in place.
def fit_lnp(stim, spikes, d=25):
    stim[:] = stim - stim.mean()
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    jac = lambda theta: X.T @ (np.exp(X @ theta) - spikes)
    return minimize(lambda theta: neg_log_lik_lnp(theta, X, spikes), np.zeros(d + 1), jac=jac).x
