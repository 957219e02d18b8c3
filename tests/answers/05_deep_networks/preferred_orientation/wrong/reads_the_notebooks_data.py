# Misconception: there is one array of responses, the notebook's
# Hint: Use the argument `resp`, not the notebook's responses.
def preferred_orientation(r, sigma=5):
    from scipy.ndimage import gaussian_filter1d
    return gaussian_filter1d(np.asarray(resp, float), sigma, axis=0, mode='wrap').argmax(0)
