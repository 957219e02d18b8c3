# Misconception: a loose tolerance saves time and costs nothing
# Hint: stops short of it: look at `.success`
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    jac = lambda theta: X.T @ (np.exp(X @ theta) - spikes)
    return minimize(lambda theta: neg_log_lik_lnp(theta, X, spikes), np.zeros(d + 1), jac=jac,
                    method="BFGS", tol=0.6).x
