# Misconception: rows are degrees whatever their number
# Hint: preferred_orientation
def preferred_orientation(resp, sigma=5):
    from scipy.ndimage import gaussian_filter1d
    return gaussian_filter1d(np.asarray(resp, float), sigma, axis=0, mode='wrap').argmax(0) * 360 / len(resp)
