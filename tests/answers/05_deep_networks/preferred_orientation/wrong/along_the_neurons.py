# Misconception: the last axis is the one to smooth
# Hint: Give one number for each neuron (column)
def preferred_orientation(resp, sigma=5):
    from scipy.ndimage import gaussian_filter1d
    return gaussian_filter1d(np.asarray(resp, float), sigma, axis=1, mode='wrap').argmax(1)
