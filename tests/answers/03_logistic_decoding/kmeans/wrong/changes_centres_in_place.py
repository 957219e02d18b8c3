# Misconception: the centres may be overwritten
# Hint: Your function changed its input `centres` in place.
def kmeans(points, centres):
    labels = np.argmin(((points[:, None] - centres[None]) ** 2).sum(axis=2), axis=1)
    for k in range(len(centres)):
        if np.any(labels == k):
            centres[k] = points[labels == k].mean(axis=0)
    return labels, centres
