# Misconception: there is one filter, the true one
# Hint: Use the argument `filter`, not the notebook's.
# Hidden: it reads the notebook's filter only where images have as many pixels
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    weights = true_filter.ravel() if images.shape[1] == true_filter.size else filter
    drive = images @ weights
    groups = np.array_split(np.argsort(drive), n_bins)
    return np.array([drive[g].mean() for g in groups]), np.array([spike_counts[g].mean() for g in groups])
