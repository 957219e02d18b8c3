# Misconception: numpy does it too
# Hint: Use torch functions all the way
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    w = weights.detach().numpy()
    return loss + L2_penalty * float((w**2).sum()) + L1_penalty * float(np.abs(w).sum())
