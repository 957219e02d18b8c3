# Misconception: the mean brightness is the drive
# Hint: the filter is missing
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = images.sum(axis=1)
    groups = np.array_split(np.argsort(drive), n_bins)
    return np.array([drive[g].mean() for g in groups]), np.array([spike_counts[g].mean() for g in groups])
