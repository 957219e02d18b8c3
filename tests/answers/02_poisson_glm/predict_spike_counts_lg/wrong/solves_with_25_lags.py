# Misconception: make_design_matrix finds out by itself how many lags are asked for
# Hint: pass `d` on, since make_design_matrix(stim) alone takes 25 lags.
def predict_spike_counts_lg(stim, spikes, d=25):
    lags = make_design_matrix(stim)
    X = np.hstack([np.ones((len(lags), 1)), lags])
    return X @ np.linalg.solve(X.T @ X, X.T @ spikes)
