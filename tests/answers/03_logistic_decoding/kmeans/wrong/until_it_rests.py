# Misconception: k-means runs until nothing changes
# Hint: Do one round alone
def kmeans(points, centres):
    from sklearn.cluster import KMeans
    m = KMeans(len(centres), init=centres.astype(float), n_init=1, max_iter=100).fit(points)
    return m.labels_, m.cluster_centers_
