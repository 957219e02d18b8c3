# Misconception: the visible example's sums are the whole task
# Hint: Compute every term from the arguments
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    return loss + L2_penalty * 14 + L1_penalty * 6 + 0 * weights.sum()
