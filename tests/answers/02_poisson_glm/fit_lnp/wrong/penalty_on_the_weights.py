# Misconception: a fit needs a penalty on large weights
# Hint: Leave the weights free, without a penalty.
def fit_lnp(stim, spikes, d=25):
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    loss = lambda w: neg_log_lik_lnp(w, X, spikes) + w @ w / 2
    jac = lambda w: X.T @ (np.exp(X @ w) - spikes) + w
    return minimize(loss, np.zeros(d + 1), jac=jac).x
