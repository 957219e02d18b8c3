# Misconception: there are always 3 groups
# Hint: The number of groups should be the argument n_bins
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = images @ filter
    groups = np.array_split(np.argsort(drive), 3)
    return np.array([drive[g].mean() for g in groups]), np.array([spike_counts[g].mean() for g in groups])
