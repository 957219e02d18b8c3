# Misconception: the function may use the notebook's stim_test and spikes_test, whatever its arguments
# Hint: Your code raised TypeError
def compare_models(s_train, y_train, s_test, y_test, d=25):
    X_train = np.column_stack([np.ones(len(s_train)), make_design_matrix(s_train, d)])
    X_test = np.column_stack([np.ones(len(stim_test)), make_design_matrix(stim_test, d)])
    theta_lg = np.linalg.lstsq(X_train, y_train, rcond=None)[0]
    theta_lnp = fit_lnp(s_train, y_train, d)
    lg = np.maximum(X_test @ theta_lg, 1e-3)
    lnp = np.exp(X_test @ theta_lnp)
    constant = np.mean(y_train)

    def score(rate):
        gain = spikes_test @ np.log(rate / constant) - np.sum(rate - constant)
        return gain / (np.log(2) * np.sum(spikes_test))

    return {"lg": score(lg), "lnp": score(lnp)}
