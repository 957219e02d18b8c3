# Misconception: a copy of the centres holds the means
# Hint: Your array holds integers and cuts off decimals
def kmeans(points, centres):
    labels = np.argmin(((points[:, None] - centres[None]) ** 2).sum(axis=2), axis=1)
    new = centres.copy()
    for k in range(len(centres)):
        if np.any(labels == k):
            new[k] = points[labels == k].mean(axis=0)
    return labels, new
