# Misconception: the range is [-180, 180)
# Hint: Opposite angles count as +180, not -180.
def circular_error(decoded, true):
    return (decoded - true + 180) % 360 - 180
