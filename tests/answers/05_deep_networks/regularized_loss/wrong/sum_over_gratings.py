# Misconception: the likelihood is summed
# Hint: The mean over gratings, not the sum.
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target, reduction='sum')
    return loss + L2_penalty * (weights**2).sum() + L1_penalty * weights.abs().sum()
