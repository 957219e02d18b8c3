# Approach: iteratively reweighted least squares with np.linalg.lstsq
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    rate = np.asarray(spikes) + 0.5
    for _ in range(60):
        target = np.log(rate) + (spikes - rate) / rate
        root = np.sqrt(rate)
        theta = np.linalg.lstsq(X * root[:, None], target * root, rcond=None)[0]
        rate = np.exp(X @ theta)
    return theta
