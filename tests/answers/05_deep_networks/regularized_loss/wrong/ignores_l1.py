# Misconception: one penalty is enough
# Hint: Use the argument L1_penalty.
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    return loss + L2_penalty * (weights**2).sum()
