# Misconception: a predicted count has to be a whole number
# Hint: Return the predictions as they are, without rounding.
def predict_spike_counts_lg(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    theta = np.linalg.lstsq(X, spikes, rcond=None)[0]
    return np.round(X @ theta)
