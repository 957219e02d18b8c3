# Misconception: one coordinate is enough
# Hint: Use both coordinates for the distance.
def kmeans(points, centres):
    labels = np.argmin(((points[:, None, :1] - centres[None, :, :1]) ** 2).sum(axis=2), axis=1)
    new = np.array([points[labels == k].mean(axis=0) if np.any(labels == k) else centres[k] for k in range(len(centres))])
    return labels, new
