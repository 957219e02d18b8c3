# Misconception: means have the type of the counts
# Hint: Your arrays hold integers and cut off decimals
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = images @ filter
    groups = np.array_split(np.argsort(drive), n_bins)
    mean_counts = np.zeros(n_bins, dtype=int)
    for i, g in enumerate(groups):
        mean_counts[i] = spike_counts[g].mean()
    return np.array([drive[g].mean() for g in groups]), mean_counts
