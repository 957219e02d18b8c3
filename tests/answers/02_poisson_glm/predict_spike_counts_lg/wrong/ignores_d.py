# Misconception: make_design_matrix knows d by itself
# Hint: It repeats the spikes, which one lag cannot: use `d` lags, however long the data.
def predict_spike_counts_lg(stim, spikes, d=25):
    X = make_design_matrix(stim)
    X = np.column_stack([np.ones(len(stim)), X])
    theta = np.linalg.lstsq(X, spikes, rcond=None)[0]
    return X @ theta
