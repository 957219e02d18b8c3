# Misconception: the column of ones may stand at the end
# Hint: The bias comes first: put the column of ones in front.
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([make_design_matrix(stim, d), np.ones(len(stim))])
    jac = lambda theta: X.T @ (np.exp(X @ theta) - spikes)
    return minimize(lambda theta: neg_log_lik_lnp(theta, X, spikes), np.zeros(d + 1), jac=jac).x
