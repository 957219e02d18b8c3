# Misconception: there is one penalty at a time
# Hint: Use both penalties at once.
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    if L2_penalty:
        return loss + L2_penalty * (weights**2).sum()
    return loss + L1_penalty * weights.abs().sum()
