# Misconception: the largest response is the preference
# Hint: Smooth first: the largest single response may be noise.
def preferred_orientation(resp, sigma=5):
    return np.argmax(resp, axis=0)
