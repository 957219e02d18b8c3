# Misconception: the visible example is the whole task
# Hint: preferred_orientation of 7 neurons should have shape
def preferred_orientation(resp, sigma=5):
    return np.array([4, 3])
