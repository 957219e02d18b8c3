# Approach: torch, over time turned round, and the result is a tensor with a negative stride undone.
import torch


def backward_pass(log_obs, A):
    log_obs = torch.as_tensor(np.ascontiguousarray(log_obs), dtype=torch.float64)
    log_A = torch.as_tensor(np.asarray(A), dtype=torch.float64).log()
    here = torch.zeros_like(log_obs[:, 0])
    found = [here]
    for spoken in log_obs.flip(1).unbind(1)[:-1]:
        here = torch.logsumexp(log_A + (here + spoken).unsqueeze(1), 2)
        found.append(here)
    return torch.stack(found, 1).flip(1)
