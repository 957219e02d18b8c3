# Misconception: the sum of products is the correlation
# Hint: Divide by the sum of squares, so that the value at lag 0 is 1.
def stimulus_correlation(stim, max_lag):
    s = stim - stim.mean()
    return np.array([s[lag:] @ s[:len(s) - lag] for lag in range(max_lag + 1)])
