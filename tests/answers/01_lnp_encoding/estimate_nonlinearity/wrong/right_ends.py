# Misconception: a group's centre is its end
# Hint: The centre is the mean drive of a group, not its largest value.
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = images @ filter
    groups = np.array_split(np.argsort(drive), n_bins)
    return np.array([drive[g].max() for g in groups]), np.array([spike_counts[g].mean() for g in groups])
