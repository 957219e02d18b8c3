# Approach: torch's sigmoid
def sigmoid(z):
    import torch
    return torch.sigmoid(torch.as_tensor(np.asarray(z, dtype=float)))
