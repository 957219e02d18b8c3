# Misconception: regression needs a penalty on the weights
# Hint: Use plain least squares, without a penalty on weights or bias.
def predict_spike_counts_lg(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    theta = np.linalg.solve(X.T @ X + np.eye(d + 1), X.T @ spikes)
    return X @ theta
