# Misconception: a distance adds up the differences, signs left out
# Hint: Square the differences: these are sums of absolute ones.
def kmeans(points, centres):
    labels = np.abs(points[:, None] - centres[None]).sum(axis=2).argmin(axis=1)
    new = np.array([points[labels == k].mean(axis=0) if np.any(labels == k) else centres[k] for k in range(len(centres))])
    return labels, new
