# Approach: torch LBFGS in single precision
def fit(X, y):
    import torch
    A, b = torch.tensor(X, dtype=torch.float32), torch.tensor(y, dtype=torch.float32)
    theta = torch.zeros(A.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([theta], max_iter=300, line_search_fn="strong_wolfe")
    def closure():
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(A @ theta, b, reduction="sum")
        loss.backward()
        return loss
    optimiser.step(closure)
    return theta
