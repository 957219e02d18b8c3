# Approach: an epoch, then the rest of EM from there; tuples and lists
def run_em(Y, psi, A, L, dt, epochs):
    ll, gamma, xi = e_step(Y, psi, A, L, dt)
    if epochs == 0:
        return [ll], [(psi, A, L)]
    lls, parameters = run_em(Y, *m_step(Y, gamma, xi, dt), dt, epochs - 1)
    return [ll] + lls, [(psi, A, L)] + parameters
