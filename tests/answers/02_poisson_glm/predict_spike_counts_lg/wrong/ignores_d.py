# Misconception: make_design_matrix knows d by itself
# Hint: pass `d` on, since make_design_matrix(stim) alone takes 25 lags.
def predict_spike_counts_lg(stim, spikes, d=25):
    X = make_design_matrix(stim)
    X = np.column_stack([np.ones(len(stim)), X])
    theta = np.linalg.lstsq(X, spikes, rcond=None)[0]
    return X @ theta
