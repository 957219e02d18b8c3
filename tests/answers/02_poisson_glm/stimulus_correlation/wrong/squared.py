# Misconception: r squared is the correlation
# Hint: The sign counts
def stimulus_correlation(stim, max_lag):
    s = stim - stim.mean()
    r = np.array([s[lag:] @ s[:len(s) - lag] for lag in range(max_lag + 1)]) / (s @ s)
    return r**2
