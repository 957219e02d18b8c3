# Approach: scipy's minimize on the squared error, with its gradient
def predict_spike_counts_lg(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])

    def loss(theta):
        residual = X @ theta - spikes
        return residual @ residual, 2 * X.T @ residual

    fit = minimize(loss, np.zeros(d + 1), jac=True, method="BFGS")
    return X @ fit.x
