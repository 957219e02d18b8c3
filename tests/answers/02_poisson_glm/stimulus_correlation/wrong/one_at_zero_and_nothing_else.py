# Misconception: every stimulus is white noise
# Hint: This stimulus resembles itself at each lag.
def stimulus_correlation(stim, max_lag):
    r = np.zeros(max_lag + 1)
    r[0] = 1
    return r
