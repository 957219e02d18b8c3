# Misconception: the log likelihood itself is the loss
# Hint: The sign of the log likelihood is turned round.
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = output[range(len(target)), target].mean()
    return loss + L2_penalty * (weights**2).sum() + L1_penalty * weights.abs().sum()
