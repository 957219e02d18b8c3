# Approach: a matrix of wrapped Gaussian weights
def preferred_orientation(resp, sigma=5):
    n = len(resp)
    d = np.abs(np.arange(n)[:, None] - np.arange(n)[None, :])
    d = np.minimum(d, n - d)
    w = np.exp(-d**2 / (2 * sigma**2))
    return np.argmax(w @ resp, axis=0)
