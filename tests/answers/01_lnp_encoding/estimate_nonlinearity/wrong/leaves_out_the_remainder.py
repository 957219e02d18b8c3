# Misconception: images that do not fill a group can be left out.
# Hint: every image belongs to a group. Where groups cannot be equal
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = images @ filter
    size = len(drive) // n_bins
    groups = np.argsort(drive)[: size * n_bins].reshape(n_bins, size)
    return drive[groups].mean(axis=1), spike_counts[groups].mean(axis=1)
