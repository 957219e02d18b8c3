# Misconception: errors are whole degrees
# Hint: cuts off decimals
def circular_error(decoded, true):
    e = (180 - (180 - (decoded - true)) % 360)
    return e.astype(int)
