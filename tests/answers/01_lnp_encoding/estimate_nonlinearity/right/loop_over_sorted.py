# Approach: a loop over the sorted images
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = np.asarray(images, float) @ np.asarray(filter, float)
    order = np.argsort(drive)
    centres, mean_counts = [], []
    for group in np.array_split(order, n_bins):
        centres.append(sum(drive[group]) / len(group))
        mean_counts.append(sum(spike_counts[group]) / len(group))
    return centres, mean_counts
