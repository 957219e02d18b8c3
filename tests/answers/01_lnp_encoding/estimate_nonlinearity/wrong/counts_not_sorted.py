# Misconception: only the drive has to be sorted
# Hint: Sort the counts together with the drive
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = np.sort(images @ filter)
    groups = np.array_split(np.arange(len(drive)), n_bins)
    return np.array([drive[g].mean() for g in groups]), np.array([spike_counts[g].mean() for g in groups])
