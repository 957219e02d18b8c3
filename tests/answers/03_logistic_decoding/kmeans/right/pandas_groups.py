# Approach: groups of a data frame, nearest centre by a list of distances
def kmeans(points, centres):
    import pandas as pd
    frame = pd.DataFrame(np.asarray(points, dtype=float))
    to_each = pd.DataFrame({k: ((frame - centre) ** 2).sum(axis=1) for k, centre in enumerate(centres)})
    labels = to_each.idxmin(axis=1)
    means = frame.groupby(labels).mean().reindex(range(len(centres)))
    return labels, means.fillna(pd.DataFrame(np.asarray(centres, dtype=float)))
