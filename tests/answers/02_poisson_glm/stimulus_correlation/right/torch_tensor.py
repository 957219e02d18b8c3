# Approach: torch, returns a tensor
import torch


def stimulus_correlation(stim, max_lag):
    s = torch.tensor(np.asarray(stim), dtype=torch.float64)
    s = s - s.mean()
    r = [torch.dot(s[lag:], s[:len(s) - lag]) for lag in range(max_lag + 1)]
    return torch.stack(r) / r[0]
