# Misconception: L1 goes with squares
# Hint: L2 and L1 are swapped
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    return loss + L1_penalty * (weights**2).sum() + L2_penalty * weights.abs().sum()
