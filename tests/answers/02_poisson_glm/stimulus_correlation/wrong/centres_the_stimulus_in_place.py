# Misconception: the argument is a scratch pad that may be overwritten
# Hint: Your function changed its input `stim` in place.
def stimulus_correlation(stim, max_lag):
    stim[:] = stim - np.mean(stim)
    r = [stim[lag:] @ stim[:len(stim) - lag] for lag in range(max_lag + 1)]
    return np.array(r) / r[0]
