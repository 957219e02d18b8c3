# Approach: circular convolution by the fast Fourier transform
def preferred_orientation(resp, sigma=5):
    n = len(resp)
    d = np.minimum(np.arange(n), n - np.arange(n))
    kernel = np.exp(-d**2 / 2 / sigma**2)
    smooth = np.fft.ifft(np.fft.fft(resp, axis=0) * np.fft.fft(kernel)[:, None], axis=0).real
    return smooth.argmax(0)
