# Misconception: the preferred angle is where the response is smallest
# Hint: That is the row of the smallest response.
def preferred_orientation(resp, sigma=5):
    from scipy.ndimage import gaussian_filter1d
    return gaussian_filter1d(np.asarray(resp, float), sigma, axis=0, mode='wrap').argmin(0)
