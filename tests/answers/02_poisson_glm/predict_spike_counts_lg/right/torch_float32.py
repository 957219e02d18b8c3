# Approach: torch.linalg.lstsq in single precision, returns a tensor
import torch


def predict_spike_counts_lg(stim, spikes, d=25):
    X = torch.as_tensor(np.asarray(make_design_matrix(stim, d)), dtype=torch.float32)
    X = torch.cat([torch.ones(len(X), 1), X], dim=1)
    y = torch.as_tensor(np.asarray(spikes), dtype=torch.float32)
    theta = torch.linalg.lstsq(X, y[:, None]).solution
    return (X @ theta).squeeze(1)
