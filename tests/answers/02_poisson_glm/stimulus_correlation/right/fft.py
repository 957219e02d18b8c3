# Approach: the power spectrum of the padded stimulus, transformed back
def stimulus_correlation(stim, max_lag):
    """Autocorrelation by the Wiener-Khinchin theorem."""
    s = np.asarray(stim, float)
    s = s - s.mean()
    spectrum = np.fft.rfft(s, 2 * len(s))
    r = np.fft.irfft(np.abs(spectrum) ** 2)[: max_lag + 1]
    return r / r[0]
