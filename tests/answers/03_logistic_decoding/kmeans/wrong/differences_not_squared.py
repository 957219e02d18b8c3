# Misconception: differences add up to a distance
# Hint: Each point belongs to the nearest centre
def kmeans(points, centres):
    labels = np.argmin(((points[:, None] - centres[None])).sum(axis=2), axis=1)
    new = np.array([points[labels == k].mean(axis=0) if np.any(labels == k) else centres[k] for k in range(len(centres))])
    return labels, new
