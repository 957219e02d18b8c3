# Misconception: adds the counts up
# Hint: Return the mean count in each group, not the sum.
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = images @ filter
    groups = np.array_split(np.argsort(drive), n_bins)
    return np.array([drive[g].mean() for g in groups]), np.array([spike_counts[g].sum() for g in groups])
