# Approach: torch's Poisson loss on the log rate, returns a tensor
import torch


def neg_log_lik_lnp(theta, X, y):
    log_rate = torch.as_tensor(np.asarray(X, float)) @ torch.as_tensor(np.asarray(theta, float))
    counts = torch.as_tensor(np.asarray(y, float))
    return torch.nn.functional.poisson_nll_loss(log_rate, counts, log_input=True, full=False, reduction="sum")
