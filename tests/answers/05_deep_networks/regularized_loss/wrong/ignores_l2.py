# Misconception: L1 is the penalty that counts
# Hint: Use the argument L2_penalty.
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    return loss + L1_penalty * weights.abs().sum()
