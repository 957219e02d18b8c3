# Approach: torch in single precision, returned as a list
import torch


def m_step(Y, gamma, xi, dt):
    y, g, x = (torch.as_tensor(np.array(a, dtype=np.float32)) for a in (Y, gamma, xi))
    A = x.sum(dim=(0, 1))
    L = torch.einsum("ntc,ntk->ck", y, g) / g.sum(dim=(0, 1)) / dt
    print(L)
    return [g[:, 0].mean(dim=0), A / A.sum(dim=1, keepdim=True), L]
