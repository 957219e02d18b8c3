# Misconception: angles are measured in radians
# Hint: Angles come in degrees, and so should the errors.
def circular_error(decoded, true):
    e = 180 - (180 - (decoded - true)) % 360
    return np.deg2rad(e)
