# Misconception: an array of whole numbers stays one while it is smoothed
# Hint: preferred_orientation([[4, 0]
def preferred_orientation(resp, sigma=5):
    from scipy.ndimage import gaussian_filter1d
    return gaussian_filter1d(resp, sigma, axis=0, mode='wrap').argmax(0)
