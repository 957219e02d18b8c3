# Misconception: the weights may be squared in place
# Hint: Your function changed its input `weights` in place
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    size = weights.abs().sum()
    squares = weights.detach().pow_(2).sum()
    weights_again = (weights**2).sum()
    return loss + L2_penalty * (squares + 0 * weights_again) + L1_penalty * size
