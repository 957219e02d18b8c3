# Misconception: np.roll shifts a series (it brings its end to its beginning)
# Hint: The stimulus should not wrap round from its end to its beginning.
def stimulus_correlation(stim, max_lag):
    s = stim - stim.mean()
    return np.array([s @ np.roll(s, lag) for lag in range(max_lag + 1)]) / (s @ s)
