# Approach: small helper functions outside, one for the rows and one for the gain
def features(stim, d):
    return np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])


def gain(counts, rate, level):
    return np.sum(counts * np.log2(rate / level)) - np.sum(rate - level) / np.log(2)


def compare_models(stim_train, spikes_train, stim_test, spikes_test, d=25):
    level = np.mean(spikes_train)
    weights = np.linalg.lstsq(features(stim_train, d), spikes_train, rcond=None)[0]
    lg = features(stim_test, d) @ weights
    lg[lg < 1e-3] = 1e-3
    lnp = np.exp(features(stim_test, d) @ fit_lnp(stim_train, spikes_train, d))
    n = spikes_test.sum()
    return {"lg": gain(spikes_test, lg, level) / n, "lnp": gain(spikes_test, lnp, level) / n}
