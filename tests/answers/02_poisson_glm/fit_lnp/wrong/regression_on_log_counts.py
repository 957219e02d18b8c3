# Misconception: log counts can be fitted by least squares (with one added, because of the zeros)
# Hint: Here exp(b + k) should be 8 (mean count after light), exp(b - k) 2.
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    return np.linalg.lstsq(X, np.log(spikes + 1), rcond=None)[0]
