# Misconception: bins have equal widths
# Hint: split
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drive = images @ filter
    edges = np.linspace(drive.min(), drive.max(), n_bins + 1)
    group = np.clip(np.digitize(drive, edges) - 1, 0, n_bins - 1)
    centres = (edges[:-1] + edges[1:]) / 2
    return centres, np.array([spike_counts[group == i].mean() for i in range(n_bins)])
