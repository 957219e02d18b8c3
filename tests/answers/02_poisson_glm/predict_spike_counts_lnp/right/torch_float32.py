# Approach: torch in single precision, returns a tensor
import torch


def predict_spike_counts_lnp(stim, spikes, theta=None, d=25):
    if theta is None:
        theta = fit_lnp(stim, spikes, d)
    theta = torch.as_tensor(np.array(theta), dtype=torch.float32)
    X = torch.as_tensor(np.array(make_design_matrix(stim, d)), dtype=torch.float32)
    return torch.exp(theta[0] + X @ theta[1:])
