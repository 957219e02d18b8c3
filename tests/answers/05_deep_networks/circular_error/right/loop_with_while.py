# Approach: a loop that adds or subtracts turns while the error is too large
def circular_error(decoded, true):
    errors = []
    for a, b in zip(decoded, true):
        e = float(a) - float(b)
        while e > 180:
            e -= 360
        while e <= -180:
            e += 360
        errors.append(e)
    return errors
