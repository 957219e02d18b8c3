# Misconception: the labels are all that is asked
# Hint: should return two things: labels, new_centres.
def kmeans(points, centres):
    labels = np.argmin(((points[:, None] - centres[None]) ** 2).sum(axis=2), axis=1)
    return labels
