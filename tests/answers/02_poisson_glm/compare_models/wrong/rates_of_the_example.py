# Misconception: the light and dark means of the visible example are the whole task
# Hint: Fit to the training data alone, predict the test bins, and follow the formula.
def compare_models(stim_train, spikes_train, stim_test, spikes_test, d=25):
    light = spikes_train[stim_train > 0].mean()
    dark = spikes_train[stim_train < 0].mean()
    rate = np.where(stim_test > 0, light, dark)
    constant = np.mean(spikes_train)
    gain = spikes_test @ np.log(rate / constant) - np.sum(rate - constant)
    score = gain / (np.log(2) * np.sum(spikes_test))
    return {"lg": score, "lnp": score}
