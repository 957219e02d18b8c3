# Approach: three copies one after the other, smoothed, the middle one kept; float32 and a warning
import warnings

from scipy.ndimage import gaussian_filter1d


def preferred_orientation(resp, sigma=5):
    warnings.warn("smoothing")
    n = len(resp)
    smooth = gaussian_filter1d(np.tile(np.float32(resp), (3, 1)), sigma, axis=0)[n:2 * n]
    return smooth.argmax(axis=0).astype(np.float32)
