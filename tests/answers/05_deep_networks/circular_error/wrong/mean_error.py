# Misconception: one number says how large the errors are
# Hint: should have shape (4,)
def circular_error(decoded, true):
    return np.mean(np.abs(180 - (180 - (decoded - true)) % 360))
