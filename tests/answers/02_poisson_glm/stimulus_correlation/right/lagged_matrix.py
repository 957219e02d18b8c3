# Approach: the matrix of lagged stimuli times the stimulus
def stimulus_correlation(stim, max_lag):
    centred = stim - np.mean(stim)
    padded = np.concatenate([np.zeros(max_lag), centred])
    M = np.array([padded[t:t + max_lag + 1] for t in range(len(stim))])
    r = (centred @ M)[::-1]
    return r / np.sum(centred**2)
