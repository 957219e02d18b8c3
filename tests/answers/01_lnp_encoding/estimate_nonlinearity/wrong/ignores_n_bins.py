# Misconception: there are always 20 groups
# Hint: Sort by the drive, split into equal groups
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = images @ filter
    groups = [g for g in np.array_split(np.argsort(drive), 20) if len(g)]
    return np.array([drive[g].mean() for g in groups]), np.array([spike_counts[g].mean() for g in groups])
