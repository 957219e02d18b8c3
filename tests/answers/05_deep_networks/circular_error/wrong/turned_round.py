# Misconception: the error is true minus decoded
# Hint: The sign is turned round
def circular_error(decoded, true):
    e = (true - decoded) % 360
    return np.where(e > 180, e - 360, e)
