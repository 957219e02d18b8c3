# Approach: L-BFGS-B on the mean loss with value and gradient together, and tighter tolerances
def fit_lnp(stim, spikes, d=25):
    """Fit by L-BFGS-B."""
    n = len(stim)
    X = np.column_stack([np.ones(n), make_design_matrix(stim, d)])

    def loss_and_slope(theta):
        rate = np.exp(X @ theta)
        return (rate.sum() - spikes @ (X @ theta)) / n, X.T @ (rate - spikes) / n

    result = minimize(loss_and_slope, np.zeros(d + 1), jac=True, method="L-BFGS-B",
                      options={"ftol": 1e-12, "gtol": 1e-8})
    assert result.success, result.message
    return result.x
