# Misconception: a likelihood that rises by less than 1e-6 has stopped
# Hint: also when the log likelihood hardly rises any more
def run_em(Y, psi, A, L, dt, epochs):
    lls, parameters = [e_step(Y, psi, A, L, dt)[0]], [(psi, A, L)]
    for _ in range(epochs):
        _, gamma, xi = e_step(Y, *parameters[-1], dt)
        new = m_step(Y, gamma, xi, dt)
        ll = e_step(Y, *new, dt)[0]
        if ll - lls[-1] < 1e-6:
            break
        lls.append(ll)
        parameters.append(new)
    return lls, parameters
