# Misconception: an array made like the spikes holds the predictions (it cuts off their decimals)
# Hint: Your array holds integers and cuts off decimals: make it one of floats.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    yhat = np.zeros_like(spikes)
    for t in range(len(stim)):
        yhat[t] = np.exp(X[t] @ theta)
    return yhat
