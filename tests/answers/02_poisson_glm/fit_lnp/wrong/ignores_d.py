# Misconception: d is 25, so the number can be written into the function
# Hint: pass `d` on, since make_design_matrix(stim) alone takes 25 lags.
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim)])
    jac = lambda theta: X.T @ (np.exp(X @ theta) - spikes)
    return minimize(lambda theta: neg_log_lik_lnp(theta, X, spikes), np.zeros(26), jac=jac).x
