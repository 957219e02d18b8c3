# Misconception: as for weight decay, with a factor of one half
# Hint: There is no factor of one half
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    return loss + L2_penalty / 2 * (weights**2).sum() + L1_penalty * weights.abs().sum()
