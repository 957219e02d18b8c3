# Misconception: the test bins follow the training bins, so the first of them see the end of those
# Hint: The design matrix of the test bins begins with zeros, as if the stimulus began there.
def compare_models(stim_train, spikes_train, stim_test, spikes_test, d=25):
    X_train = np.column_stack([np.ones(len(stim_train)), make_design_matrix(stim_train, d)])
    X_test = np.column_stack([np.ones(len(stim_test)), make_design_matrix(np.append(stim_train, stim_test), d)[len(stim_train):]])
    theta_lg = np.linalg.lstsq(X_train, spikes_train, rcond=None)[0]
    theta_lnp = fit_lnp(stim_train, spikes_train, d)
    lg = np.maximum(X_test @ theta_lg, 1e-3)
    lnp = np.exp(X_test @ theta_lnp)
    constant = np.mean(spikes_train)

    def score(rate):
        gain = spikes_test @ np.log(rate / constant) - np.sum(rate - constant)
        return gain / (np.log(2) * np.sum(spikes_test))

    return {"lg": score(lg), "lnp": score(lnp)}
