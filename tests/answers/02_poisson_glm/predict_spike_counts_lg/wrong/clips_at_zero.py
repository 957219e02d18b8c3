# Misconception: a spike count cannot be negative, so the prediction must not be
# Hint: Return what least squares predicts, negative numbers too: we will come to them.
def predict_spike_counts_lg(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    theta = np.linalg.lstsq(X, spikes, rcond=None)[0]
    return np.clip(X @ theta, 0, None)
