# Misconception: the weights are those of the notebook's network
# Hint: Your code raised
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    w = net.in_layer.weight
    return loss + L2_penalty * (w**2).sum() + L1_penalty * w.abs().sum()
