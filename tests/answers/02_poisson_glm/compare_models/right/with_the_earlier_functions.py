# Approach: the earlier functions where they help, and log2
def compare_models(stim_train, spikes_train, stim_test, spikes_test, d=25):
    level = spikes_train.mean()
    theta = fit_lnp(stim_train, spikes_train, d)
    lnp = predict_spike_counts_lnp(stim_test, spikes_test, theta, d)
    A = np.column_stack([np.ones(len(stim_train)), make_design_matrix(stim_train, d)])
    B = np.column_stack([np.ones(len(stim_test)), make_design_matrix(stim_test, d)])
    lg = B @ np.linalg.solve(A.T @ A, A.T @ spikes_train)
    lg[lg < 1e-3] = 1e-3
    result = {}
    for name, rate in [("lg", lg), ("lnp", lnp)]:
        bits = np.sum(spikes_test * np.log2(rate / level)) - np.sum(rate - level) / np.log(2)
        result[name] = bits / np.sum(spikes_test)
    return result
