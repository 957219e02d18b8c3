# Misconception: the function may use the notebook's stim and spikes, whatever its arguments
# Hint: Use the arguments, not the notebook's data.
def predict_spike_counts_lg(s, y, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    theta = np.linalg.lstsq(X, spikes, rcond=None)[0]
    return X @ theta
