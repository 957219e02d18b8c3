# Approach: subtracts the nearest number of turns, rounding halves down
def circular_error(decoded, true):
    e = np.subtract(decoded, true, dtype=float)
    return e - 360 * np.ceil(e / 360 - 0.5)
