# Approach: a tensor of PyTorch
def compute_STA(images, spike_counts):
    import torch

    weights = torch.as_tensor(np.asarray(spike_counts), dtype=torch.float64)
    pictures = torch.as_tensor(np.asarray(images), dtype=torch.float64)
    return weights @ pictures / weights.sum()
