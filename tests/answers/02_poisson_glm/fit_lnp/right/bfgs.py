# Approach: minimize with BFGS and the gradient
def fit_lnp(stim, spikes, d=25):
    X = np.hstack([np.ones((len(stim), 1)), make_design_matrix(stim, d)])
    fit = minimize(neg_log_lik_lnp, np.zeros(d + 1), args=(X, spikes), method="BFGS",
                   jac=lambda theta, X, y: X.T @ (np.exp(X @ theta) - y))
    if not fit.success:
        raise RuntimeError(fit.message)
    return fit.x
