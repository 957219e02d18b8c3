# Approach: PyTorch finds the slope, single precision
def compute_dNLL(k, x, y):
    import torch

    weights = torch.tensor(np.asarray(k), dtype=torch.float32, requires_grad=True)
    drive = torch.as_tensor(np.asarray(x), dtype=torch.float32) @ weights
    (drive.exp().sum() - torch.as_tensor(np.asarray(y), dtype=torch.float32) @ drive).backward()
    return weights.grad
