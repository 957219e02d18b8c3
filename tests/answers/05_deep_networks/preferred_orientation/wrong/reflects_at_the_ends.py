# Misconception: the filter's default treats the ends well
# Hint: The angles go round
def preferred_orientation(resp, sigma=5):
    from scipy.ndimage import gaussian_filter1d
    return gaussian_filter1d(np.asarray(resp, float), sigma, axis=0).argmax(0)
