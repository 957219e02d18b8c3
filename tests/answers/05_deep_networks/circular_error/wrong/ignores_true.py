# Misconception: the true angle is a constant
# Hint: circular_error([350, 10, 90, 270]
def circular_error(decoded, true):
    e = (decoded - 10) % 360
    return np.where(e > 180, e - 360, e)
