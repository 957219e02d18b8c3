# Misconception: penalties are subtracted
# Hint: Penalties make the loss larger
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    return loss - L2_penalty * (weights**2).sum() - L1_penalty * weights.abs().sum()
