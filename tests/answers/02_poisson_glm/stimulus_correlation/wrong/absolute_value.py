# Misconception: a correlation is a strength and has no sign
# Hint: The sign counts
def stimulus_correlation(stim, max_lag):
    s = stim - stim.mean()
    r = np.array([s[lag:] @ s[:len(s) - lag] for lag in range(max_lag + 1)])
    return np.abs(r) / r[0]
