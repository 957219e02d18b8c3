# Misconception: EM needs a good start
# Hint: EM must not start at the truth
def run_em(Y, psi, A, L, dt, epochs):
    psi, A, L = psi_true, A_true, L_true
    lls, parameters = [], [(psi, A, L)]
    for epoch in range(epochs):
        ll, gamma, xi = e_step(Y, psi, A, L, dt)
        psi, A, L = m_step(Y, gamma, xi, dt)
        lls.append(ll)
        parameters.append((psi, A, L))
    lls.append(e_step(Y, psi, A, L, dt)[0])
    return np.array(lls), parameters
