# Misconception: every centre has points
# Hint: A centre without points stays where it is
def kmeans(points, centres):
    import warnings
    warnings.simplefilter('ignore')
    labels = np.argmin(((points[:, None] - centres[None]) ** 2).sum(axis=2), axis=1)
    return labels, np.array([points[labels == k].mean(axis=0) for k in range(len(centres))])
