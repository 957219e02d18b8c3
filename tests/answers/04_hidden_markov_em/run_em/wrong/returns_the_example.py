# Misconception: the visible example is the whole task
# Hint: Keep the parameters after every M step
def run_em(Y, psi, A, L, dt, epochs):
    lls, parameters = [], [(psi, A, L)]
    for epoch in range(epochs + 1):
        lls.append(e_step(Y, psi, A, L, dt)[0])
        ll, gamma, xi = e_step(Y, psi, A, L, dt)
        psi, A, L = m_step(Y, gamma, xi, dt)
        parameters.append((psi, A, L))
    return lls, [parameters[0]] * (epochs + 1)
