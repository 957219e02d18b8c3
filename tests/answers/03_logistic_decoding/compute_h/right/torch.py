# Approach: torch tensor
def compute_h(theta, X):
    import torch
    return torch.sigmoid(torch.tensor(X, dtype=torch.float64) @ torch.tensor(theta, dtype=torch.float64))
