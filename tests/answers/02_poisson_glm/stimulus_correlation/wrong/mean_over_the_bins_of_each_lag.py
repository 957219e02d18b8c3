# Misconception: each lag is a mean over the pairs of bins that there are.
# Hint: Divide each sum by the same number, the sum of squares over all bins.
def stimulus_correlation(stim, max_lag):
    z = stim - np.mean(stim)
    pairs = [np.mean(z[lag:] * z[: len(z) - lag]) for lag in range(max_lag + 1)]
    return np.array(pairs) / np.var(stim)
