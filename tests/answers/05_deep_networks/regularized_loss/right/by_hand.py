# Approach: indexing the right classes, weights as one long row
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    nll = -output[range(len(target)), target].mean()
    w = weights.reshape(-1)
    return nll + L2_penalty * (w @ w) + L1_penalty * w.norm(1)
