# Misconception: of two centres that are equally near, any will do
# Hint: the point joins the first.
def kmeans(points, centres):
    distances = ((points[:, None] - centres[None]) ** 2).sum(axis=2)
    labels = len(centres) - 1 - distances[:, ::-1].argmin(axis=1)
    new = np.array([points[labels == k].mean(axis=0) if np.any(labels == k) else centres[k] for k in range(len(centres))])
    return labels, new
