# Approach: torch: binary cross-entropy with logits and LBFGS; tensors returned
def logistic_regression(X, y, X_new):
    import torch
    A, b = torch.tensor(X, dtype=torch.float64), torch.tensor(y, dtype=torch.float64)
    theta = torch.zeros(A.shape[1], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([theta], max_iter=300, line_search_fn="strong_wolfe")
    def closure():
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(A @ theta, b, reduction="sum")
        loss.backward()
        return loss
    optimiser.step(closure)
    return theta, torch.sigmoid(torch.tensor(X_new, dtype=torch.float64) @ theta)
