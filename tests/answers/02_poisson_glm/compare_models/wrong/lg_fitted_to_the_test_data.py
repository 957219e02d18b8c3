# Misconception: predict_spike_counts_lg on the test data predicts them (it fits to them)
# Hint: The models may not see the test spikes: fit to the training data.
def compare_models(stim_train, spikes_train, stim_test, spikes_test, d=25):
    lg = np.maximum(predict_spike_counts_lg(stim_test, spikes_test, d), 1e-3)
    theta = fit_lnp(stim_train, spikes_train, d)
    lnp = predict_spike_counts_lnp(stim_test, spikes_test, theta, d)
    constant = np.mean(spikes_train)
    scores = {}
    for name, rate in (("lg", lg), ("lnp", lnp)):
        gain = spikes_test @ np.log(rate / constant) - np.sum(rate - constant)
        scores[name] = gain / (np.log(2) * np.sum(spikes_test))
    return scores
