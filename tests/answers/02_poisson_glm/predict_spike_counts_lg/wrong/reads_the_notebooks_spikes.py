# Misconception: there is one array of spikes, the notebook's
# Hint: Use the argument `spikes`, not the notebook's spikes.
def predict_spike_counts_lg(stim, counts, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    theta = np.linalg.lstsq(X, spikes, rcond=None)[0]
    return X @ theta
