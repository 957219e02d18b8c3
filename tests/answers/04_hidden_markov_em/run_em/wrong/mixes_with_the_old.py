# Misconception: half a step is safer
# Hint: lls of 3 epochs is not right
def run_em(Y, psi, A, L, dt, epochs):
    lls, parameters = [], [(psi, A, L)]
    for epoch in range(epochs):
        ll, gamma, xi = e_step(Y, psi, A, L, dt)
        psi, A, L = (0.5 * a + 0.5 * b for a, b in zip((psi, A, L), m_step(Y, gamma, xi, dt)))
        lls.append(ll)
        parameters.append((psi, A, L))
    lls.append(e_step(Y, psi, A, L, dt)[0])
    return np.array(lls), parameters
