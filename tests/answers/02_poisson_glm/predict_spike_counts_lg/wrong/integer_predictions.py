# Misconception: an array made like the spikes holds the predictions (it cuts off their decimals)
# Hint: Return the predictions as they are, without rounding.
def predict_spike_counts_lg(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    theta = np.linalg.solve(X.T @ X, X.T @ spikes)
    yhat = np.zeros_like(spikes)
    for t in range(len(spikes)):
        yhat[t] = X[t] @ theta
    return yhat
