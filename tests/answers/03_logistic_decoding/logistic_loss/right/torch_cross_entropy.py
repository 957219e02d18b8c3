# Approach: torch's binary cross-entropy with logits
def logistic_loss(theta, X, y):
    import torch
    return torch.nn.functional.binary_cross_entropy_with_logits(torch.tensor(X, dtype=torch.float64) @ torch.tensor(theta, dtype=torch.float64), torch.tensor(y, dtype=torch.float64), reduction='sum')
