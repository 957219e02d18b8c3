# Approach: np.correlate in full mode, from the middle on
def stimulus_correlation(stim, max_lag):
    s = stim - stim.mean()
    full = np.correlate(s, s, mode="full")
    middle = len(s) - 1
    return full[middle : middle + max_lag + 1] / full[middle]
