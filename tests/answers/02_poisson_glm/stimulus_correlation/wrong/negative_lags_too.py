# Misconception: all that np.correlate returns is asked for
# Hint: Return one value for each lag from 0 to max_lag
def stimulus_correlation(stim, max_lag):
    s = stim - stim.mean()
    r = np.correlate(s, s, "full")
    return r / r.max()
