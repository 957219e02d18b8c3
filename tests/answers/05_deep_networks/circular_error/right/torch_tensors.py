# Approach: torch, and a tensor as result
def circular_error(decoded, true):
    e = torch.remainder(torch.tensor(np.asarray(decoded, float)) - torch.tensor(np.asarray(true, float)), 360)
    e[e > 180] -= 360
    return e
