# Approach: differences of scipy's Poisson log probabilities, in which log y! cancels
from scipy.stats import poisson


def compare_models(stim_train, spikes_train, stim_test, spikes_test, d=25):
    """Scores from log probabilities."""
    def design(s):
        return np.column_stack([np.ones(len(s)), make_design_matrix(s, d)])

    null = poisson.logpmf(spikes_test, np.mean(spikes_train)).sum()
    w = np.linalg.pinv(design(stim_train)) @ spikes_train
    lg = np.maximum(design(stim_test) @ w, 0.001)
    lnp = np.exp(design(stim_test) @ fit_lnp(stim_train, spikes_train, d))
    bits_per_spike = 1 / (np.log(2) * sum(spikes_test))
    return {
        "lnp": (poisson.logpmf(spikes_test, lnp).sum() - null) * bits_per_spike,
        "lg": (poisson.logpmf(spikes_test, lg).sum() - null) * bits_per_spike,
    }
