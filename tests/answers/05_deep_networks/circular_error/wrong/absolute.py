# Misconception: an error has no sign
# Hint: The sign counts
def circular_error(decoded, true):
    d = np.abs(decoded - true) % 360
    return np.minimum(d, 360 - d)
