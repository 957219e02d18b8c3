# Misconception: the visible example is the whole task
# Hint: circular_error([0.25], [359.75])
def circular_error(decoded, true):
    return np.array([-20, 20, -10, 180])
