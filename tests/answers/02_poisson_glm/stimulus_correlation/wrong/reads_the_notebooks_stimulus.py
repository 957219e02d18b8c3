# Misconception: the function may use the notebook's stim, whatever its argument
# Hint: Use the argument `stim`, not the notebook's stimulus.
def stimulus_correlation(x, max_lag):
    s = stim - stim.mean()
    return np.array([s[lag:] @ s[:len(s) - lag] for lag in range(max_lag + 1)]) / (s @ s)
