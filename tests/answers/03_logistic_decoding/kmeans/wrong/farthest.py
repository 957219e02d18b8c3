# Misconception: the largest distance wins
# Hint: Take the nearest centre, not the farthest.
def kmeans(points, centres):
    labels = np.argmax(((points[:, None] - centres[None]) ** 2).sum(axis=2), axis=1)
    new = np.array([points[labels == k].mean(axis=0) if np.any(labels == k) else centres[k] for k in range(len(centres))])
    return labels, new
