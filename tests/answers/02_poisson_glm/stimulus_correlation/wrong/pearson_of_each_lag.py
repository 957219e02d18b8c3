# Misconception: the autocorrelation is the Pearson correlation of the two parts, with means of their own.
# Hint: Subtract the mean of all bins, and divide by the sum of squares of all bins, at each lag.
def stimulus_correlation(stim, max_lag):
    n = len(stim)
    return np.array([np.corrcoef(stim[lag:], stim[: n - lag])[0, 1] for lag in range(max_lag + 1)])
