# Misconception: returns the worked example
# Hint: should have shape
def compute_STA(images, spike_counts):
    return np.array([5.25, 4.25])
