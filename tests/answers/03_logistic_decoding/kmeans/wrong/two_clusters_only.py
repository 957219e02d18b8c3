# Misconception: there are two clusters, as in the example
# Hint: all centres count
def kmeans(points, centres):
    labels = np.argmin(((points[:, None] - centres[None, :2]) ** 2).sum(axis=2), axis=1)
    new = np.array([points[labels == k].mean(axis=0) if np.any(labels == k) else centres[k] for k in range(len(centres))])
    return labels, new
