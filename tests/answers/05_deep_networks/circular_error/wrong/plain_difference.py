# Misconception: an error is a difference
# Hint: A plain difference: 350 is 20 degrees from 10
def circular_error(decoded, true):
    return decoded - true
