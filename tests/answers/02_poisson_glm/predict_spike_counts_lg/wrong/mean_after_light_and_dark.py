# Misconception: the visible example's two means, light and dark, are the whole task
# Hint: This uses only the present bin: the design matrix has d columns.
def predict_spike_counts_lg(stim, spikes, d=25):
    light = spikes[stim > 0].mean()
    dark = spikes[stim <= 0].mean()
    return np.where(stim > 0, light, dark)
