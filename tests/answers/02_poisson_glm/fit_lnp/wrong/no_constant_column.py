# Misconception: weights of the lags are all that the model has
# Hint: The bias is missing: put ones in front of the design matrix.
def fit_lnp(stim, spikes, d=25):
    X = make_design_matrix(stim, d)
    jac = lambda theta: X.T @ (np.exp(X @ theta) - spikes)
    return minimize(lambda theta: neg_log_lik_lnp(theta, X, spikes), np.zeros(d), jac=jac).x
