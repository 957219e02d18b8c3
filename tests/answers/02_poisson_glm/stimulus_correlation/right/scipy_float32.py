# Approach: scipy.signal.correlate in single precision
from scipy import signal


def stimulus_correlation(stim, max_lag):
    s = np.asarray(stim, dtype=np.float32)
    s = s - s.mean()
    r = signal.correlate(s, s)[len(s) - 1:][:max_lag + 1]
    return (r / r[0]).astype(np.float32)
