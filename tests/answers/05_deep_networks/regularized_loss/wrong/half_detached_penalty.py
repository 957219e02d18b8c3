# Misconception: a weight times its detached size is its square, for gradients too
# Hint: gets a gradient that is not right
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    return loss + L2_penalty * (weights * weights.detach()).sum() + L1_penalty * weights.abs().sum()
