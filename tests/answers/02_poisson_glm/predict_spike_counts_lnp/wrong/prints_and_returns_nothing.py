# Misconception: printing a result is returning it
# Hint: is None: does the function end in a `return`?
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    print(np.exp(X @ theta))
