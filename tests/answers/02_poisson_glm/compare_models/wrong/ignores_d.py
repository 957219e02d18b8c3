# Misconception: the earlier functions know d by themselves
# Hint: pass `d` on, since make_design_matrix(stim) alone takes 25 lags.
def compare_models(stim_train, spikes_train, stim_test, spikes_test, d=25):
    X_train = np.column_stack([np.ones(len(stim_train)), make_design_matrix(stim_train)])
    X_test = np.column_stack([np.ones(len(stim_test)), make_design_matrix(stim_test)])
    theta_lg = np.linalg.lstsq(X_train, spikes_train, rcond=None)[0]
    theta_lnp = fit_lnp(stim_train, spikes_train)
    lg = np.maximum(X_test @ theta_lg, 1e-3)
    lnp = np.exp(X_test @ theta_lnp)
    constant = np.mean(spikes_train)

    def score(rate):
        gain = spikes_test @ np.log(rate / constant) - np.sum(rate - constant)
        return gain / (np.log(2) * np.sum(spikes_test))

    return {"lg": score(lg), "lnp": score(lnp)}
