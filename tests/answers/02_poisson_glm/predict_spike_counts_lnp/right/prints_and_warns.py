# Approach: element-wise products and sums; prints what it does and warns of large counts
import warnings


def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        print("fitting", d, "lags")
        theta = fit_lnp(stim, spikes, d)
    X = np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)])
    yhat = np.exp((X * theta).sum(axis=1))
    if yhat.max() > 3:
        warnings.warn("some expected counts are large")
    return yhat
