# Approach: plain Python
def estimate_nonlinearity(images, spike_counts, filter, n_bins=20):
    drives = [sum(float(a) * float(b) for a, b in zip(image, filter)) for image in images]
    pairs = sorted(zip(drives, [float(count) for count in spike_counts]))
    edges = [round(len(pairs) * i / n_bins) for i in range(n_bins + 1)]
    groups = [pairs[a:b] for a, b in zip(edges, edges[1:])]
    means = [[sum(values) / len(values) for values in zip(*group)] for group in groups]
    return np.array(means).T
