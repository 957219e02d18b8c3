# Misconception: the remainder is enough
# Hint: not in [0, 360)
def circular_error(decoded, true):
    return (decoded - true) % 360
