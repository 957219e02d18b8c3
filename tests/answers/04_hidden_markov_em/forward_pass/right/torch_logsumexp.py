# Approach: torch, double precision, returns tensors
import torch


def forward_pass(log_obs, psi, A):
    obs = torch.as_tensor(np.asarray(log_obs, dtype=float))
    log_A = torch.log(torch.as_tensor(np.asarray(A, dtype=float)))
    rows = [torch.log(torch.as_tensor(np.asarray(psi, dtype=float))) + obs[:, 0]]
    for t in range(1, obs.shape[1]):
        rows.append(torch.logsumexp(rows[-1][:, :, None] + log_A, dim=1) + obs[:, t])
    log_alpha = torch.stack(rows, dim=1)
    return log_alpha, torch.logsumexp(log_alpha[:, -1], dim=1)
