# Misconception: the visible example's two means, light and dark, are the whole task
# Hint: A bias and d weights: d + 1 numbers.
def fit_lnp(stim, spikes, d=25):
    light = np.log(spikes[stim > 0].mean())
    dark = np.log(spikes[stim < 0].mean())
    return np.array([(light + dark) / 2, (light - dark) / 2])
