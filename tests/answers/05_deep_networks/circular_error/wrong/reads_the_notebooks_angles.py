# Misconception: the true angles are the notebook's
# Hint: Your code raised
def circular_error(decoded, true):
    e = (decoded - s_validation) % 360
    return np.where(e > 180, e - 360, e)
