# Approach: Newton-CG with gradient and Hessian
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    gradient = lambda w: X.T @ (np.exp(X @ w) - spikes)
    hessian = lambda w: (X.T * np.exp(X @ w)) @ X
    loss = lambda w: neg_log_lik_lnp(w, X, spikes)
    fit = minimize(loss, np.zeros(d + 1), jac=gradient, hess=hessian, method="Newton-CG")
    if not fit.success:
        raise RuntimeError("no convergence")
    return fit.x
