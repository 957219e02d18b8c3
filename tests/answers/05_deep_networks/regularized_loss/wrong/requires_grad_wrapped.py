# Misconception: a number becomes differentiable with requires_grad=True
# Hint: gets no gradient
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    return torch.tensor(
        float(nn.functional.nll_loss(output, target))
        + L2_penalty * float((weights**2).sum())
        + L1_penalty * float(weights.abs().sum()),
        requires_grad=True,
    )
