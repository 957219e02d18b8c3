# Misconception: weights of the lags are all that a linear model has
# Hint: A constant column is missing: put ones in front of the design matrix.
def predict_spike_counts_lg(stim, spikes, d=25):
    X = make_design_matrix(stim, d)
    theta = np.linalg.lstsq(X, spikes, rcond=None)[0]
    return X @ theta
