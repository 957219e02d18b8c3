# Misconception: sorts the array that it was given
# Hint: changed its input
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = images @ filter
    order = np.argsort(drive)
    spike_counts[:] = spike_counts[order]
    groups = np.array_split(np.arange(len(drive)), n_bins)
    return np.array([drive[order][g].mean() for g in groups]), np.array([spike_counts[g].mean() for g in groups])
