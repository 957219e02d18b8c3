# Misconception: rows that begin with zeros do not belong in the fit.
# Hint: Keep every bin: your fit leaves out the first d - 1, whose rows begin with zeros.
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])[d - 1 :]
    y = np.asarray(spikes)[d - 1 :]
    theta = np.zeros(d + 1)
    for _ in range(50):
        rate = np.exp(X @ theta)
        step = np.linalg.lstsq(X.T @ (rate[:, None] * X), X.T @ (rate - y), rcond=None)[0]
        theta = theta - step * min(1, 1 / np.abs(step).max(initial=1))
    return theta
