# Misconception: a good fit to the training data is a good prediction
# Hint: Score the test data, not the training data.
def compare_models(stim_train, spikes_train, stim_test, spikes_test, d=25):
    X_train = np.column_stack([np.ones(len(stim_train)), make_design_matrix(stim_train, d)])
    X_test = np.column_stack([np.ones(len(stim_test)), make_design_matrix(stim_test, d)])
    theta_lg = np.linalg.lstsq(X_train, spikes_train, rcond=None)[0]
    theta_lnp = fit_lnp(stim_train, spikes_train, d)
    lg = np.maximum(X_train @ theta_lg, 1e-3)
    lnp = np.exp(X_train @ theta_lnp)
    constant = np.mean(spikes_train)

    def score(rate):
        gain = spikes_train @ np.log(rate / constant) - np.sum(rate - constant)
        return gain / (np.log(2) * np.sum(spikes_train))

    return {"lg": score(lg), "lnp": score(lnp)}
