# Misconception: every stimulus is white noise
# Hint: Return one value for each lag from 0 to max_lag
def stimulus_correlation(stim, max_lag):
    r = np.zeros(max_lag + 1)
    r[0] = 1
    return r
