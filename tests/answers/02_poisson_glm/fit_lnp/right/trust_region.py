# Approach: a trust-region method with gradient and Hessian
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])

    def jac(w):
        return X.T @ (np.exp(X @ w) - spikes)

    def hess(w):
        return X.T @ np.diag(np.exp(X @ w)) @ X

    fit = minimize(neg_log_lik_lnp, np.zeros(d + 1), (X, spikes), "trust-exact",
                   jac=lambda w, *_: jac(w), hess=lambda w, *_: hess(w))
    if not fit.success:
        raise RuntimeError(fit.message)
    return fit.x
