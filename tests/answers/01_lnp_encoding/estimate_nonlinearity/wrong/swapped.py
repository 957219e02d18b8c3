# Misconception: counts come first
# Hint: The two results are swapped
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = images @ filter
    groups = np.array_split(np.argsort(drive), n_bins)
    return np.array([spike_counts[g].mean() for g in groups]), np.array([drive[g].mean() for g in groups])
