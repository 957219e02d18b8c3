# Misconception: printing is returning
# Hint: is None: does the function end in a `return`?
def preferred_orientation(resp, sigma=5):
    from scipy.ndimage import gaussian_filter1d
    print(gaussian_filter1d(np.asarray(resp, float), sigma, axis=0, mode='wrap').argmax(0))
