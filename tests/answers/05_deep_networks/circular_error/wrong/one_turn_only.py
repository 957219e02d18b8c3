# Misconception: one turn more or less is enough
# Hint: as many turns as it takes
def circular_error(decoded, true):
    e = decoded - true
    return np.where(e > 180, e - 360, np.where(e <= -180, e + 360, e))
