# Misconception: the maximum is what is asked
# Hint: Return the number of the row, not the smoothed response there.
def preferred_orientation(resp, sigma=5):
    from scipy.ndimage import gaussian_filter1d
    return gaussian_filter1d(np.asarray(resp, float), sigma, axis=0, mode='wrap').max(0)
