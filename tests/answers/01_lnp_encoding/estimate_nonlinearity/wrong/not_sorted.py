# Misconception: groups need no order
# Hint: Sort the images by their drive before you split them.
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = images @ filter
    groups = np.array_split(np.arange(len(drive)), n_bins)
    return np.array([drive[g].mean() for g in groups]), np.array([spike_counts[g].mean() for g in groups])
