# Approach: remainder in [0, 360), then the upper half shifted down
def circular_error(decoded, true):
    e = (np.asarray(decoded, dtype=float) - np.asarray(true)) % 360
    return np.where(e > 180, e - 360, e)
