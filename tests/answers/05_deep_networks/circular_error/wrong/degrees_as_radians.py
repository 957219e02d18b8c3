# Misconception: sine and cosine take degrees
# Hint: turn them into radians
def circular_error(decoded, true):
    e = decoded - true
    return np.arctan2(np.sin(e), np.cos(e))
