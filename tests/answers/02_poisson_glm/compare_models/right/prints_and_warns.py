# Approach: from the negative log likelihoods; prints the scores and warns of floored bins
import warnings


def compare_models(stim_train, spikes_train, stim_test, spikes_test, d=25):
    X_train = np.hstack([np.ones((len(stim_train), 1)), make_design_matrix(stim_train, d)])
    X_test = np.hstack([np.ones((len(stim_test), 1)), make_design_matrix(stim_test, d)])
    constant = np.zeros(d + 1)
    constant[0] = np.log(np.mean(spikes_train))
    worst = neg_log_lik_lnp(constant, X_test, spikes_test)
    n = np.sum(spikes_test)

    lnp = worst - neg_log_lik_lnp(fit_lnp(stim_train, spikes_train, d), X_test, spikes_test)
    rate = X_test @ np.linalg.lstsq(X_train, spikes_train, rcond=None)[0]
    low = rate < 1e-3
    if low.any():
        warnings.warn(f"{low.sum()} bins at the floor")
    rate = np.where(low, 1e-3, rate)
    lg = worst - (rate.sum() - spikes_test @ np.log(rate))
    print("lg", lg, "lnp", lnp)
    return {"lg": lg / n / np.log(2), "lnp": lnp / n / np.log(2)}
