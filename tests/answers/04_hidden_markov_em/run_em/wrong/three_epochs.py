# Misconception: three epochs are enough
# Hint: The number of rounds should be the argument epochs
def run_em(Y, psi, A, L, dt, epochs):
    epochs = 3
    lls, parameters = [], [(psi, A, L)]
    for epoch in range(epochs):
        ll, gamma, xi = e_step(Y, psi, A, L, dt)
        psi, A, L = m_step(Y, gamma, xi, dt)
        lls.append(ll)
        parameters.append((psi, A, L))
    lls.append(e_step(Y, psi, A, L, dt)[0])
    return np.array(lls), parameters
