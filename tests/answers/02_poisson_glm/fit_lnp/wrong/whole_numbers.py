# Misconception: an array of integers holds the parameters (it cuts off their decimals)
# Hint: Your array holds integers and cuts off decimals: make it one of floats.
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    theta = np.zeros(d + 1, dtype=int)
    jac = lambda theta: X.T @ (np.exp(X @ theta) - spikes)
    theta[:] = minimize(lambda theta: neg_log_lik_lnp(theta, X, spikes), theta, jac=jac).x
    return theta
