# Approach: torch's LBFGS with automatic differentiation, returns a tensor
import torch


def fit_lnp(stim, spikes, d=25):
    X = torch.tensor(np.column_stack([np.ones(len(stim)), make_design_matrix(stim, d)]))
    y = torch.tensor(np.asarray(spikes, dtype=float))
    theta = torch.zeros(d + 1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([theta], max_iter=500, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        z = X @ theta
        loss = (torch.exp(z) - y * z).mean()
        loss.backward()
        return loss

    optimizer.step(closure)
    return theta.detach()
