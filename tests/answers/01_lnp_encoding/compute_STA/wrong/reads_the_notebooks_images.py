# Misconception: there is one set of images, the notebook's
# Hint: Use the argument `images`, not the notebook's images.
def compute_STA(images, spike_counts):
    return spike_counts @ WN_images / np.sum(spike_counts)
