# Misconception: one log likelihood per epoch
# Hint: The log likelihood after the last M step is missing
def run_em(Y, psi, A, L, dt, epochs):
    lls, parameters = [], [(psi, A, L)]
    for epoch in range(epochs):
        ll, gamma, xi = e_step(Y, psi, A, L, dt)
        psi, A, L = m_step(Y, gamma, xi, dt)
        lls.append(ll)
        parameters.append((psi, A, L))
    return np.array(lls), parameters
