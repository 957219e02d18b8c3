# Misconception: printing is returning
# Hint: should return two things: labels, new_centres.
def kmeans(points, centres):
    labels = np.argmin(((points[:, None] - centres[None]) ** 2).sum(axis=2), axis=1)
    print(labels)
