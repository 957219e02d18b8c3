# Misconception: only the sizes of the weights count, so their signs can go
# Hint: changed its input `weights` in place
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    weights.detach().abs_()
    return loss + L2_penalty * (weights**2).sum() + L1_penalty * weights.sum()
