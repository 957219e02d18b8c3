# Misconception: the fitted weights are the prediction
# Hint: These are the weights. Multiply the matrix (with its ones) by them.
def predict_spike_counts_lg(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    theta = np.linalg.inv(X.T @ X) @ X.T @ spikes
    return theta
