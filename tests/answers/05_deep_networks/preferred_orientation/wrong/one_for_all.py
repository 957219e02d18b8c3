# Misconception: one angle for the whole population
# Hint: should have shape (2,)
def preferred_orientation(resp, sigma=5):
    from scipy.ndimage import gaussian_filter1d
    return gaussian_filter1d(np.asarray(resp, float), sigma, axis=0, mode='wrap').argmax()
