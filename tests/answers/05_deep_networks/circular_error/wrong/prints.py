# Misconception: printing is returning
# Hint: is None: does the function end in a `return`?
def circular_error(decoded, true):
    print(180 - (180 - (decoded - true)) % 360)
