# Misconception: s[:-0] is the whole series (it is empty)
# Hint: Your code raised ValueError: operands could not be broadcast together
def stimulus_correlation(stim, max_lag):
    s = stim - stim.mean()
    return np.array([np.sum(s[lag:] * s[:-lag]) for lag in range(max_lag + 1)]) / np.sum(s**2)
