# Misconception: the middle is the median
# Hint: Take the mean of the points, not their median.
def kmeans(points, centres):
    labels = np.argmin(((points[:, None] - centres[None]) ** 2).sum(axis=2), axis=1)
    new = np.array([np.median(points[labels == k], axis=0) if np.any(labels == k) else centres[k] for k in range(len(centres))])
    return labels, new
