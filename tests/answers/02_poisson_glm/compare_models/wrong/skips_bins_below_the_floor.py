# Misconception: bins with a negative prediction can be left out
# Hint: Fit to the training data alone, predict the test bins, and follow the formula.
def compare_models(stim_train, spikes_train, stim_test, spikes_test, d=25):
    X_train = np.column_stack([np.ones(len(stim_train)), make_design_matrix(stim_train, d)])
    X_test = np.column_stack([np.ones(len(stim_test)), make_design_matrix(stim_test, d)])
    theta_lg = np.linalg.lstsq(X_train, spikes_train, rcond=None)[0]
    theta_lnp = fit_lnp(stim_train, spikes_train, d)
    lg = X_test @ theta_lg
    lnp = np.exp(X_test @ theta_lnp)
    constant = np.mean(spikes_train)

    def score(rate):
        ok = rate > 1e-3
        gain = spikes_test[ok] @ np.log(rate[ok] / constant) - np.sum(rate[ok] - constant)
        return gain / (np.log(2) * np.sum(spikes_test))

    return {"lg": score(lg), "lnp": score(lnp)}
