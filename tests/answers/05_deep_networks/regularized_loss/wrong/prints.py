# Misconception: printing is returning
# Hint: is None: does the function end in a `return`?
def regularized_loss(output, target, weights, L2_penalty=0, L1_penalty=0):
    loss = nn.functional.nll_loss(output, target)
    print(loss + L2_penalty * (weights**2).sum() + L1_penalty * weights.abs().sum())
