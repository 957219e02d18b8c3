# Approach: torch tensors
def kmeans(points, centres):
    import torch
    p, c = torch.tensor(points, dtype=torch.float64), torch.tensor(centres, dtype=torch.float64)
    labels = torch.cdist(p, c).argmin(dim=1)
    new = torch.stack([p[labels == k].mean(0) if (labels == k).any() else c[k] for k in range(len(c))])
    return labels, new
