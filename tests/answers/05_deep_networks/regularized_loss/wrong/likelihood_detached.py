# Misconception: only the penalty has to lead back to something
# Hint: gets no gradient
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output.detach(), target)
    return loss + L2_penalty * (weights**2).sum() + L1_penalty * weights.abs().sum()
