# Attack: return a list that holds itself.
# Harmless
def add(a, b):
    value = [3]
    value.append(value)
    return value
