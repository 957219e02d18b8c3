# Misconception: the true angles are the notebook's
# Hint: Your code raised
def circular_error(decoded, true):
    e = (decoded - s_held_out) % 360
    return np.where(e > 180, e - 360, e)
