# Misconception: L2 is the norm
# Hint: The sum of squares has no square root.
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    return loss + L2_penalty * torch.norm(weights) + L1_penalty * weights.abs().sum()
