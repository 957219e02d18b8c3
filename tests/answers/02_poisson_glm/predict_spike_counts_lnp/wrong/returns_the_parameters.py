# Misconception: the fitted parameters are the prediction
# Hint: Return one prediction for each bin, not the parameters.
def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    return theta
