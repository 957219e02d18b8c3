# Misconception: beyond the ends there is nothing
# Hint: The angles go round
def preferred_orientation(resp, sigma=5):
    from scipy.ndimage import gaussian_filter1d
    return gaussian_filter1d(np.asarray(resp, float), sigma, axis=0, mode='constant').argmax(0)
