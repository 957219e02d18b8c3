# Misconception: psi is given, and EM finds the rest.
# Hint: psi never changes: the next E step needs the new psi, too.
def run_em(Y, psi, A, L, dt, epochs):
    lls, parameters = [], [(psi, A, L)]
    for _ in range(epochs):
        ll, gamma, xi = e_step(Y, *parameters[-1], dt)
        lls.append(ll)
        parameters.append((psi, *m_step(Y, gamma, xi, dt)[1:]))
    lls.append(e_step(Y, *parameters[-1], dt)[0])
    return np.array(lls), parameters
