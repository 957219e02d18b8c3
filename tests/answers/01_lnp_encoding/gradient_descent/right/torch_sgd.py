# Approach: stochastic gradient descent of PyTorch, without the stochastic
def gradient_descent(x, y, init_guess, n_steps=500, alpha=1e-6):
    import torch

    pictures, counts = torch.as_tensor(np.asarray(x, float)), torch.as_tensor(np.asarray(y, float))
    k = torch.tensor(np.array(init_guess, float), requires_grad=True)
    optimiser = torch.optim.SGD([k], lr=alpha)


    def loss():
        drive = pictures @ k
        return drive.exp().sum() - counts @ drive


    NLL = torch.zeros(n_steps, dtype=torch.float64)
    for i in range(n_steps):
        optimiser.zero_grad()
        loss().backward()
        optimiser.step()
        NLL[i] = loss().detach()
    return k.detach(), NLL
