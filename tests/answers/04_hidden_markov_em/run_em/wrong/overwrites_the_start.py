# Misconception: the start may be overwritten
# Hint: in place.
def run_em(Y, psi, A, L, dt, epochs):
    lls, parameters = [], [(psi.copy(), A.copy(), L.copy())]
    first = psi
    for epoch in range(epochs):
        ll, gamma, xi = e_step(Y, psi, A, L, dt)
        psi, A, L = m_step(Y, gamma, xi, dt)
        lls.append(ll)
        parameters.append((psi, A, L))
    lls.append(e_step(Y, psi, A, L, dt)[0])
    first[:] = np.roll(psi, 1) if len(Y) == 3 else first
    return np.array(lls), parameters
