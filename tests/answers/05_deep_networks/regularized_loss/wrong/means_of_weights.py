# Misconception: penalties are means
# Hint: Take the sum of squares, not their mean.
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    return loss + L2_penalty * (weights**2).mean() + L1_penalty * weights.abs().mean()
