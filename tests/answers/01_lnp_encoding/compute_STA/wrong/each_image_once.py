# Misconception: an image with spikes counts once, however many they are
# Hint: An image with three spikes counts three times, not once.
def compute_STA(images, spike_counts):
    return images[spike_counts > 0].mean(axis=0)
