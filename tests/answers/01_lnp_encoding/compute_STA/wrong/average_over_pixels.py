# Misconception: averages over pixels instead of images
# Hint: Average over images (rows)
def compute_STA(images, spike_counts):
    return spike_counts * images.mean(axis=1) / np.sum(spike_counts) * 2
