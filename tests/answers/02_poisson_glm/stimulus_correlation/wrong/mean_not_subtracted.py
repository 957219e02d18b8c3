# Misconception: the products of the raw stimulus are its correlation
# Hint: Subtract the mean of the stimulus first.
def stimulus_correlation(stim, max_lag):
    r = [stim[lag:] @ stim[:len(stim) - lag] for lag in range(max_lag + 1)]
    return np.array(r) / r[0]
