# Approach: plain loops, lists returned
def kmeans(points, centres):
    labels = []
    for p in points:
        d = [(p[0] - c[0]) ** 2 + (p[1] - c[1]) ** 2 for c in centres]
        labels.append(d.index(min(d)))
    new = []
    for k, c in enumerate(centres):
        mine = [p for p, l in zip(points, labels) if l == k]
        new.append([sum(p[0] for p in mine) / len(mine), sum(p[1] for p in mine) / len(mine)] if mine else list(c))
    return labels, new
