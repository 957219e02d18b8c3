# Misconception: range(max_lag) runs up to max_lag
# Hint: Lag max_lag itself belongs to it too: max_lag + 1 values.
def stimulus_correlation(stim, max_lag):
    s = stim - stim.mean()
    return np.array([s[lag:] @ s[:len(s) - lag] for lag in range(max_lag)]) / (s @ s)
