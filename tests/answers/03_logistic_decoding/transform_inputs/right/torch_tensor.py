# Approach: a torch tensor is returned
def transform_inputs(theta, X):
    import torch
    return torch.tensor(X, dtype=torch.float64) @ torch.tensor(theta, dtype=torch.float64)
