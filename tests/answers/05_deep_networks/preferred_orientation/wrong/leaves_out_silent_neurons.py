# Misconception: a neuron that never responds has no preferred row, so it needs no number
# Hint: Give one number for each neuron, also for one that never responds.
from scipy.ndimage import gaussian_filter1d


def preferred_orientation(resp, sigma=5):
    resp = np.asarray(resp, dtype=float)
    responsive = np.any(resp != 0, axis=0)
    return gaussian_filter1d(resp[:, responsive], sigma, axis=0, mode="wrap").argmax(axis=0)
