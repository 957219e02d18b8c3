# Misconception: the argument is a scratch pad that may be overwritten
# Hint: Your function changed its input `stim` in place.
def predict_spike_counts_lg(stim, spikes, d=25):
    stim[:] = stim - stim.mean()
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    theta = np.linalg.lstsq(X, spikes, rcond=None)[0]
    return X @ theta
