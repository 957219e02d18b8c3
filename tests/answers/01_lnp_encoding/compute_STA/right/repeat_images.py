# Approach: repeats each image once for each spike
def compute_STA(images, spike_counts):
    return np.repeat(np.asarray(images, float), spike_counts, axis=0).mean(axis=0)
