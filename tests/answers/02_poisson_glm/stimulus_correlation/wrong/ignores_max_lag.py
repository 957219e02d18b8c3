# Misconception: the number of lags is always that of the filter
# Hint: Return one value for each lag from 0 to max_lag
def stimulus_correlation(stim, max_lag):
    s = stim - stim.mean()
    return np.array([s[lag:] @ s[:len(s) - lag] for lag in range(25)]) / (s @ s)
