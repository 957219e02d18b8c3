# Misconception: the centres are given
# Hint: The centres did not move.
def kmeans(points, centres):
    labels = np.argmin(((points[:, None] - centres[None]) ** 2).sum(axis=2), axis=1)
    return labels, centres
