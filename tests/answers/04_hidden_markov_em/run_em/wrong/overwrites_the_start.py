# Misconception: the start may be overwritten
# Hint: Your function changed its input `psi` in place.
def run_em(Y, psi, A, L, dt, epochs):
    lls, parameters = [], [(psi.copy(), A.copy(), L.copy())]
    for epoch in range(epochs):
        ll, gamma, xi = e_step(Y, psi, A, L, dt)
        psi[:], A[:], L[:] = m_step(Y, gamma, xi, dt)
        lls.append(ll)
        parameters.append((psi.copy(), A.copy(), L.copy()))
    lls.append(e_step(Y, psi, A, L, dt)[0])
    return np.array(lls), parameters
