# Approach: tqdm and an array made beforehand
from tqdm import trange


def run_em(Y, psi, A, L, dt, epochs):
    lls = np.zeros(epochs + 1)
    parameters = []
    for epoch in trange(epochs + 1):
        parameters.append([psi, A, L])
        lls[epoch], gamma, xi = e_step(Y, psi, A, L, dt)
        if epoch < epochs:
            psi, A, L = m_step(Y, gamma, xi, dt)
    return lls, parameters
