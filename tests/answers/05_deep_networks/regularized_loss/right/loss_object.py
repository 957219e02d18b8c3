# Approach: nn.NLLLoss and torch functions
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.NLLLoss()(output, target)
    loss = loss + L2_penalty * torch.sum(torch.square(weights))
    return loss + L1_penalty * torch.sum(torch.abs(weights))
