# Misconception: rows are counted from 1
# Hint: preferred_orientation([[4, 0]
def preferred_orientation(resp, sigma=5):
    from scipy.ndimage import gaussian_filter1d
    return gaussian_filter1d(np.asarray(resp, float), sigma, axis=0, mode='wrap').argmax(0) + 1
