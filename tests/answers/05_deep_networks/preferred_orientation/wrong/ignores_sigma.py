# Misconception: the window is 5 wide, so the number can be written into the function
# Hint: the argument sigma
def preferred_orientation(resp, sigma=5):
    from scipy.ndimage import gaussian_filter1d
    return gaussian_filter1d(np.asarray(resp, float), 5, axis=0, mode='wrap').argmax(0)
