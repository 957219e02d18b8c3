# Misconception: the argument is a scratch pad
# Hint: changed its input `decoded` in place
def circular_error(decoded, true):
    decoded -= true
    decoded %= 360
    decoded[decoded > 180] -= 360
    return decoded + 0
