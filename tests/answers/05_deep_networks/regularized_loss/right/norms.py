# Approach: norms, the L2 norm squared
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    return (nn.functional.nll_loss(output, target) + L1_penalty * torch.linalg.vector_norm(weights, 1)
            + L2_penalty * torch.linalg.vector_norm(weights) ** 2)
