# Misconception: points means the notebook's points
# Hint: Use the arguments, not the notebook's `points`.
def kmeans(data, centres):
    used = points if points.shape == data.shape else data
    labels = np.argmin(((used[:, None] - centres[None]) ** 2).sum(axis=2), axis=1)
    new = np.array([used[labels == k].mean(axis=0) if np.any(labels == k) else centres[k] for k in range(len(centres))])
    return labels, new
