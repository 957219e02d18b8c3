# Misconception: algebra wants the counts as a column, and so does the caller
# Hint: should have shape (4,), got (4, 1).
def predict_spike_counts_lg(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    y = spikes.reshape(-1, 1)
    theta = np.linalg.lstsq(X, y, rcond=None)[0]
    return X @ theta
