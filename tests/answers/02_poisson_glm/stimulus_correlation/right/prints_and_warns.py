# Approach: element-wise products and their sums; prints each value and warns about the length
import warnings


def stimulus_correlation(stim, max_lag):
    if len(stim) < 1000:
        warnings.warn("a short stimulus gives a noisy estimate")
    s = np.array(stim) - np.average(stim)
    r = np.zeros(max_lag + 1)
    for lag in range(max_lag + 1):
        r[lag] = np.sum(s[lag:] * s[:len(s) - lag]) / np.sum(s * s)
        print(lag, r[lag])
    return r
