# Misconception: works in the array that it was given
# Hint: Your function changed its input `images` in place.
def compute_STA(images, spike_counts):
    images *= spike_counts[:, None]
    return images.sum(axis=0) / spike_counts.sum()
