# Misconception: the penalty needs the values of the weights alone
# Hint: Use torch functions all the way
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    w = weights.detach()
    return loss + L2_penalty * (w**2).sum() + L1_penalty * w.abs().sum()
