# Misconception: the Fourier transform of the stimulus needs no zeros behind it
# Hint: The stimulus should not wrap round from its end to its beginning.
def stimulus_correlation(stim, max_lag):
    s = stim - stim.mean()
    r = np.fft.ifft(np.abs(np.fft.fft(s)) ** 2).real
    return r[:max_lag + 1] / r[0]
