# Misconception: an array of integers holds the correlations (it cuts off their decimals)
# Hint: Your array holds integers and cuts off decimals: make it one of floats.
def stimulus_correlation(stim, max_lag):
    s = stim - stim.mean()
    r = np.zeros(max_lag + 1, dtype=int)
    for lag in range(max_lag + 1):
        r[lag] = np.sum(s[lag:] * s[:len(s) - lag]) / np.sum(s**2)
    return r
