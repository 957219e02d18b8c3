# Misconception: the input may be clipped in place
# Hint: Your function changed its input `z` in place.
def sigmoid(z):
    if isinstance(z, np.ndarray) and z.dtype == float:
        z[...] = np.clip(z, -1, 1)
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))
