# Approach: a loop over bins and lags with math.exp, returns a list
import math


def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    yhat = []
    for t in range(len(stim)):
        z = theta[0]
        for lag in range(min(d, t + 1)):
            z += theta[d - lag] * stim[t - lag]
        yhat.append(math.exp(z))
    return yhat
