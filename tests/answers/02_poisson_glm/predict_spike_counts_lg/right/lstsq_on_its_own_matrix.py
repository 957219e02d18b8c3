# Approach: np.linalg.lstsq, with a design matrix of its own made by a loop
def lagged(stim, d):
    M = np.ones((len(stim), d + 1))
    for t in range(len(stim)):
        for j in range(d):
            i = t - d + 1 + j
            M[t, j + 1] = stim[i] if i >= 0 else 0
    return M


def predict_spike_counts_lg(stim, spikes, d=25):
    """Predict counts with a linear-Gaussian model."""
    M = lagged(stim, d)
    w, *_ = np.linalg.lstsq(M, spikes, rcond=None)
    return M.dot(w)
